// One analysis at a time, from question to report. A new question cancels the
// one before; the engine is shared by all checkers of a page.

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Engine, Loading, Progress } from "./engine/client.js";
import type { Report } from "./engine/report.gen.js";
import { isStarted, onLoading, sharedEngine } from "./engine/shared.js";
import { isEmpty, isSameInput, type Question, read, readAll, storesOf } from "./question.js";
import { nextTask } from "./task.js";

/** How near an element must come for the engine to be loaded. */
const margin = "300px";

/** The states of an analysis. */
export type State = "idle" | "running" | "complete" | "cancelled" | "failed";

/** An Analysis runs questions for an element and keeps what is known. */
export class Analysis implements ReactiveController {
	state: State = "idle";
	/** What is known: a part of the report while running, all when complete. */
	report: Report | undefined;
	progress: Progress | undefined;
	/** How much of the engine has arrived; undefined when it is ready, or not asked for. */
	loading: Loading | undefined;
	/** Why the analysis failed, in a sentence. */
	failure = "";

	#controller: AbortController | undefined;
	#question: Question | undefined;
	#isWhole = false;
	#stopListening = () => {};
	// An element that is in no one's sight, and has nothing to analyze, needs no engine.
	#sight = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && this.#begin(), {
		rootMargin: margin,
	});

	constructor(
		private readonly host: ReactiveControllerHost & Element,
		private readonly onComplete: (report: Report) => void,
		private readonly onFailure: (reason: string) => void,
	) {
		host.addController(this);
	}

	hostConnected(): void {
		this.#stopListening = onLoading(this.#loads);
		if (isStarted()) this.#begin();
		else this.#sight.observe(this.host);
	}

	hostDisconnected(): void {
		this.#stopListening();
		this.#sight.disconnect();
		this.#controller?.abort();
	}

	/** The engine, which all checkers of a page share. */
	get engine(): Engine {
		return sharedEngine();
	}

	/**
	 * run answers a question; an empty one ends what runs and forgets all. It gives
	 * the report, or undefined when there is none: nothing was asked, another question
	 * came, or it failed.
	 */
	async run(question: Question): Promise<Report | undefined> {
		this.#controller?.abort();
		const controller = new AbortController();
		this.#controller = controller;
		if (!isSameInput(question, this.#question)) this.#show(undefined, false);
		this.#question = question;
		if (isEmpty(question)) {
			this.#enter("idle");
			return undefined;
		}
		this.#enter("running");
		try {
			const report = await this.#answer(question, controller.signal);
			// Reading a big report and showing it are two tasks, so that neither is long.
			await nextTask();
			if (controller.signal.aborted) return undefined;
			this.#show(report, true);
			this.#enter("complete");
			this.onComplete(report);
			return report;
		} catch (error) {
			if (!controller.signal.aborted) this.#fail(error);
			return undefined;
		}
	}

	/** cancel ends the running analysis and keeps what it found so far. */
	cancel(): void {
		this.#controller?.abort();
		if (this.state === "running") this.#enter("cancelled");
	}

	async #answer(question: Question, signal: AbortSignal): Promise<Report> {
		const sources = await readAll(question);
		const anchors = await Promise.all(question.anchors.map(read));
		const request = {
			sources,
			handshake: question.handshake,
			scan: question.scan,
			host: question.host,
			at: question.at || new Date(),
			anchors,
			passwords: question.passwords,
			profile: question.profile,
			stores: storesOf(question),
		};
		const onProgress = (progress: Progress) => {
			void nextTask().then(() => !signal.aborted && this.#advance(progress));
		};
		signal.throwIfAborted();
		return this.engine.analyze(request, { signal, onProgress, partial: true });
	}

	// A whole report of the same input is better than a part of the next one.
	#advance(progress: Progress): void {
		this.progress = progress;
		if (progress.report && !this.#isWhole) this.report = progress.report;
		this.host.requestUpdate();
	}

	#show(report: Report | undefined, isWhole: boolean): void {
		this.report = report;
		this.#isWhole = isWhole;
	}

	#enter(state: State): void {
		this.state = state;
		this.progress = undefined;
		this.failure = "";
		this.host.requestUpdate();
	}

	#fail(error: unknown): void {
		this.#enter("failed");
		this.failure = error instanceof Error ? error.message : String(error);
		this.onFailure(this.failure);
	}

	#begin(): void {
		this.#sight.disconnect();
		this.loading = { loaded: 0, total: 0 };
		this.host.requestUpdate();
		this.#awaitEngine();
	}

	// The engine loads: because another element asked for it, or once more after it
	// died.
	#loads = (loading: Loading): void => {
		this.#sight.disconnect();
		if (!this.loading) this.#awaitEngine();
		this.loading = loading;
		this.host.requestUpdate();
	};

	#awaitEngine(): void {
		this.engine.ready.then(this.#isReady, this.#cannotStart);
	}

	#isReady = (): void => {
		this.loading = undefined;
		this.host.requestUpdate();
	};

	#cannotStart = (error: unknown): void => {
		this.loading = undefined;
		this.#fail(error);
	};
}
