/** part fetches one of the two files that the engine is made of. A browser does not
 * tell a script whether the network or the integrity value was at fault. */
export async function part(url: string, integrity: string): Promise<Response> {
	const response = await fetch(url, { integrity }).catch(() => {
		throw new Error(`${url} could not be loaded${integrity && ", or is not what it was built as"}`);
	});
	if (!response.ok) throw new Error(`the server answered ${response.status} for ${url}`);
	return response;
}
