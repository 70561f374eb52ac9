// The examples to try. They are part of the script, so that choosing one makes
// no request, and each brings the time that it is to be judged for.

import errorLine from "../examples/error.txt";
import expired from "../examples/expired.txt";
import good from "../examples/good.txt";
import index from "../examples/index.json";
import kubernetes from "../examples/kubernetes.txt";
import missingIntermediate from "../examples/missing-intermediate.txt";
import root from "../examples/root.txt";
import sClient from "../examples/s_client.txt";
import selfSigned from "../examples/self-signed.txt";
import { type Attachment, nothing, type Question } from "./question.js";

const texts: Record<string, string> = {
	"error.txt": errorLine,
	"expired.txt": expired,
	"good.txt": good,
	"kubernetes.txt": kubernetes,
	"missing-intermediate.txt": missingIntermediate,
	"root.txt": root,
	"s_client.txt": sClient,
	"self-signed.txt": selfSigned,
};

/** examples name what there is, in order. */
export const examples: ReadonlyArray<{ id: string; title: string }> = index;

/** example is the question that an example asks. */
export function example(id: string): Question | undefined {
	const found = index.find((entry) => entry.id === id);
	if (!found) return undefined;
	const { at, host, file, anchors } = found;
	return { ...nothing, text: texts[file] ?? "", at, host, anchors: anchors ? [attachment(anchors)] : [] };
}

function attachment(file: string): Attachment {
	return { name: file, content: new Blob([texts[file] ?? ""]) };
}
