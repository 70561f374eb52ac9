import type { Input, Report } from "./engine/report.gen.js";
import { visible } from "./text.js";

/** A Remark is something that reading the input has to say, and where. */
export interface Remark {
	place: string;
	sentence: string;
}

/** remarks are what reading has to say about the pieces of an input, in order. */
export function remarks(inputs: readonly Input[]): Remark[] {
	return inputs.flatMap((input) => [
		...(input.note ? [{ place: place(input, input.where.line), sentence: visible(input.note) }] : []),
		...(input.repairs ?? []).map(({ line, detail }) => ({
			place: place(input, line),
			sentence: `Repaired: ${visible(detail)}`,
		})),
	]);
}

function place({ source }: Input, line: number): string {
	const where = line > 0 ? `line ${line}` : "";
	return [visible(source ?? ""), where].filter(Boolean).join(", ");
}

/** remarksOn are the remarks on the pieces that gave a certificate. */
export function remarksOn({ inputs }: Report, certificate: string): Remark[] {
	return remarks(inputs.filter((input) => input.certificates?.includes(certificate)));
}
