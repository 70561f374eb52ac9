// The snippets of docs/embedding.md, as a reader would copy them.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { address } from "./harness.js";

const sections = readFileSync("docs/embedding.md", "utf8").split(/^#+ /m);
const integrity = `sha384-${createHash("sha384").update(readFileSync("dist/web/certlens.js")).digest("base64")}`;

/** written gives the blocks of code below a heading, or below bold words, with the
 * address and the integrity value of this build in them. */
export function written(title: string): string[] {
	const bold = sections.flatMap((section) => section.split(/^(?=\*\*)/m));
	const text = [...sections, ...bold].find((part) => part.replace(/^\*\*/, "").startsWith(title)) ?? "";
	return [...text.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, code = ""]) =>
		code.trim().replaceAll("https://certlens.example", new URL(address).origin).replaceAll("sha384-…", integrity),
	);
}
