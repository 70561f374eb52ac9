// Versions and suites of a scan, as the table shows them: a row for each suite, a
// column for each version that the server takes.

import type { Scan, ScanSuite, ScanVersion } from "../engine/report.gen.js";

/** A Row is one suite: its place in the order of each version, or "". */
export interface Row {
	suite: ScanSuite;
	places: string[];
	/** The key exchanges seen with it, in words. */
	exchange: string;
}

/** A Matrix is the whole table. */
export interface Matrix {
	versions: ScanVersion[];
	rows: Row[];
}

/** matrixOf puts the suites of all versions together, in the order of the newest. */
export function matrixOf({ versions: all }: Scan): Matrix {
	const versions = all.filter(({ suites }) => suites && suites.length > 0);
	const rows = new Map<number, Row>();
	versions.forEach(({ suites = [], order }, column) => {
		suites.forEach((suite, i) => {
			const row = rows.get(suite.id) ?? { suite, places: versions.map(() => ""), exchange: "" };
			row.places[column] = order === "server" ? String(i + 1) : "✓";
			row.exchange = [...new Set([...row.exchange.split(" or "), exchange(suite)])].filter(Boolean).join(" or ");
			rows.set(suite.id, row);
		});
	});
	return { versions, rows: [...rows.values()] };
}

function exchange({ group, dhBits }: ScanSuite): string {
	if (dhBits) return `${group?.name ?? "DH"}, ${dhBits} bits`;
	return group?.name ?? "";
}

// Whose preference decides, after the name of a version.
const orders: Record<string, string> = {
	server: "in the server's order",
	client: "in the client's",
	unknown: "in an order that could not be told",
};

/** legend says what the places of a table mean. */
export function legend({ versions }: Matrix): string {
	const [first = "unknown", ...others] = [...new Set(versions.map(({ order }) => order ?? "unknown"))];
	const numbers = first === "server" || others.includes("server") ? "A number is the place in the server's order." : "";
	const said =
		others.length > 0
			? `${versions.map(({ protocol, order }) => `${protocol} ${orders[order ?? "unknown"] ?? order}`).join("; ")}.`
			: { server: "", client: "The server takes the client's order." }[first];
	return [numbers, said ?? "The order could not be told."].filter(Boolean).join(" ");
}

/** briefly is the name of a version at the head of a column: "1.3", "SSL 3". */
export function briefly(protocol: string): string {
	return protocol
		.replace(/^TLSv1$/, "1.0")
		.replace(/^TLSv/, "")
		.replace(/^SSLv/, "SSL ");
}
