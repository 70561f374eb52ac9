/** nextTask resolves in a task of its own, after what is due now. */
export function nextTask(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve));
}
