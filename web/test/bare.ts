// A page without Playwright's eyes. Playwright keeps what every request brings,
// and for an engine of 15 MB that alone takes 60 to 100 ms of a start.

import type { Browser, CDPSession } from "playwright-core";

/** settling is how long a browser that was just started is left alone, in ms: its
 * own start is not the page's. */
const settling = 2000;

/** A BarePage runs scripts; it records nothing. */
export class BarePage {
	#last = 0;
	#waiting = new Map<number, (result: { result: { value?: unknown } }) => void>();

	private constructor(
		private readonly browser: CDPSession,
		private readonly sessionId: string,
	) {
		browser.on("Target.receivedMessageFromTarget", ({ message }) => {
			const { id, result } = JSON.parse(message);
			this.#waiting.get(id)?.(result);
			this.#waiting.delete(id);
		});
	}

	/** open opens an empty page in the browser's own context, and lets the browser settle. */
	static async open(browser: Browser): Promise<BarePage> {
		const session = await browser.newBrowserCDPSession();
		const { targetId } = await session.send("Target.createTarget", { url: "about:blank" });
		const { sessionId } = await session.send("Target.attachToTarget", { targetId, flatten: false });
		const page = new BarePage(session, sessionId);
		await page.#send("Page.enable", {});
		await pause(settling);
		return page;
	}

	/** first runs a function in the next page, before any script of its own. */
	async first<A>(run: (argument: A) => void, argument: A): Promise<void> {
		await this.#send("Page.addScriptToEvaluateOnNewDocument", { source: `(${run})(${JSON.stringify(argument)})` });
	}

	async goto(url: string): Promise<void> {
		await this.#send("Page.navigate", { url });
	}

	evaluate<R, A = undefined>(run: (argument: A) => R, argument?: A): Promise<R> {
		return this.#evaluate(`(${run})(${JSON.stringify(argument)})`);
	}

	/** until waits for a function to give something other than undefined. The page
	 * waits for itself: each question from outside would take a millisecond or two
	 * of processors that the page needs. */
	until<R>(run: () => R | undefined): Promise<R> {
		return this.#evaluate(`(${wait})(${run})`);
	}

	async #evaluate<R>(expression: string): Promise<R> {
		const { result } = await this.#send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
		return result.value as R;
	}

	#send(method: string, params: object): Promise<{ result: { value?: unknown } }> {
		const message = JSON.stringify({ id: ++this.#last, method, params });
		return new Promise((resolve) => {
			this.#waiting.set(this.#last, resolve);
			void this.browser.send("Target.sendMessageToTarget", { sessionId: this.sessionId, message });
		});
	}
}

/** wait runs in the page. */
function wait<R>(run: () => R | undefined): Promise<R> {
	return new Promise((resolve) => {
		const look = () => {
			const value = run();
			if (value === undefined) setTimeout(look, 20);
			else resolve(value);
		};
		look();
	});
}

/** pause waits for some ms. */
export function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
