// Which rows of a long list are in sight. Only those are in the DOM.

/** rowHeight is the height of a row, in pixels. */
export const rowHeight = 22;

const margin = 10;

/** inSight gives the first row to render and the one after the last. */
export function inSight(scroller: { scrollTop: number; clientHeight: number } | null, count: number): [number, number] {
	const top = scroller?.scrollTop ?? 0;
	const height = scroller?.clientHeight || 480;
	const from = Math.max(0, Math.min(Math.floor(top / rowHeight) - margin, count));
	return [from, Math.min(count, Math.ceil((top + height) / rowHeight) + margin)];
}

/** bringIntoSight scrolls as little as it must. */
export function bringIntoSight(scroller: HTMLElement, row: number): void {
	const top = row * rowHeight;
	if (top < scroller.scrollTop) scroller.scrollTop = top;
	else if (top + rowHeight > scroller.scrollTop + scroller.clientHeight)
		scroller.scrollTop = top + rowHeight - scroller.clientHeight;
}

/** heightOf is the style of the element that is as high as the whole list. */
export function heightOf(count: number): string {
	return `height:${count * rowHeight}px`;
}

/** topOf is the style of the element that starts with a given row. */
export function topOf(row: number): string {
	return `transform:translateY(${row * rowHeight}px)`;
}
