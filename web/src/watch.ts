// Tells when the first <cert-lens> of a page is seen or used.

const tag = "cert-lens";

/** How near an element must come to be loaded, in pixels. */
const margin = "300px";

/** watch calls a function once: when a <cert-lens> comes near the window, is
 * focused or pointed at, or is given a value. */
export function watch(begin: () => void): void {
	const near = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && end(), {
		rootMargin: margin,
	});
	const changes = new MutationObserver((records) => {
		for (const { type, target, addedNodes } of records) {
			if (type === "attributes" && target instanceof Element && target.localName === tag) end();
			for (const node of addedNodes) if (node instanceof Element) find(node);
		}
	});
	const use = (event: Event) => event.target instanceof Element && event.target.closest(tag) && end();
	const uses = ["focusin", "pointerover"] as const;

	// An element may be moved: observing it twice is the same as once.
	const find = (root: Document | Element) => {
		if (root instanceof Element && root.localName === tag) near.observe(root);
		for (const element of root.querySelectorAll(tag)) near.observe(element);
	};
	const end = () => {
		near.disconnect();
		changes.disconnect();
		for (const type of uses) document.removeEventListener(type, use);
		begin();
	};

	for (const type of uses) document.addEventListener(type, use, { passive: true });
	changes.observe(document, { childList: true, subtree: true, attributeFilter: ["value"] });
	find(document);
}
