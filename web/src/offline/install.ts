// Has the browser keep the page for use without a network (web/sw), and says when
// it has a newer one. This begins when everything else has been done.

import { trusted } from "../engine/trusted.js";

// Where the page says that there is a newer one; the one file has no such place.
const place = document.getElementById("update");

/** install registers the service worker, where the browser has them. */
export async function install(): Promise<void> {
	const { serviceWorker } = navigator;
	if (!place || !serviceWorker) return;
	describe();
	const address = trusted(new URL("sw.js", document.baseURI).href);
	await serviceWorker.register(address).catch(() => {}); // kept by no browser, the page works as before
	const registration = await serviceWorker.getRegistration();
	registration?.addEventListener("updatefound", () => follow(registration));
	if (registration) follow(registration);
}

// describe names the manifest, which makes a browser decode icons and ask whether
// it could install the page: a tenth of a second that the first report would miss.
function describe(): void {
	const link = document.createElement("link");
	link.rel = "manifest";
	link.href = "manifest.webmanifest";
	document.head.append(link);
}

// A first version has no page to replace.
function follow({ installing, waiting }: ServiceWorkerRegistration): void {
	if (!navigator.serviceWorker.controller) return;
	if (waiting) offer(waiting);
	installing?.addEventListener("statechange", () => installing.state === "installed" && offer(installing));
}

function offer(worker: ServiceWorker): void {
	const use = document.createElement("button");
	use.textContent = "Use it now";
	use.onclick = () => {
		navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
		worker.postMessage("use");
	};
	place?.replaceChildren("A new version is ready. ", use, " This reloads the page, and forgets what is in it.");
}
