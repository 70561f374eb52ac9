// Text and files that arrive by drag and drop, or by a paste that no field
// takes.

/** A Taker takes what arrives. */
export interface Taker {
	files(files: readonly File[]): void;
	text(text: string): void;
	/** Something is dragged over, or no longer. */
	dragging(over: boolean): void;
}

// dragover comes every few tens of milliseconds while something is over.
const pause = 250;

/** listen hands everything that arrives at a target to the taker. */
export function listen(target: EventTarget, taker: Taker): void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const over = (event: Event) => {
		event.preventDefault();
		clearTimeout(timer);
		timer = setTimeout(() => taker.dragging(false), pause);
		taker.dragging(true);
	};
	target.addEventListener("dragenter", over);
	target.addEventListener("dragover", over);
	target.addEventListener("drop", (event) => {
		if (event.defaultPrevented) return;
		event.preventDefault();
		taker.dragging(false);
		take((event as DragEvent).dataTransfer, taker);
	});
	target.addEventListener("paste", (event) => {
		if (event.defaultPrevented || isField(event.composedPath()[0])) return;
		event.preventDefault();
		take((event as ClipboardEvent).clipboardData, taker);
	});
}

function isField(target: EventTarget | undefined): boolean {
	return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}

function take(transfer: DataTransfer | null, taker: Taker): void {
	const files = [...(transfer?.files ?? [])];
	const text = transfer?.getData("text/plain") ?? "";
	if (files.length > 0) taker.files(files);
	else if (text) taker.text(text);
}
