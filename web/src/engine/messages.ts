// What page and worker say to each other.

/** A Command goes from the page to the worker. */
export type Command =
	| {
			kind: "call";
			id: number;
			method: Method;
			input: Uint8Array<ArrayBuffer>;
			/** Whether progress is wanted. */
			progress: boolean;
	  }
	| { kind: "cancel"; id: number };

/** The methods of the engine; wasm/door.go says what each takes and gives. */
export type Method = "analyze" | "asn1" | "help" | "helpIndex" | "scan" | "target" | "version" | "warm";

/** A Loading says how much of the engine has arrived, in bytes. */
export interface Loading {
	loaded: number;
	total: number;
}

/** An Asked is one request that the browser has made, for the page or for its engine. */
export interface Asked {
	url: string;
	/** When it began, in ms since 1970. */
	at: number;
}

/** A Reply goes from the worker to the page. */
export type Reply =
	| { kind: "loading"; loading: Loading }
	/** The worker has made requests. */
	| { kind: "requests"; requests: Asked[] }
	/** The engine takes calls. */
	| { kind: "ready" }
	/** The engine could not start, or ended; this worker is of no more use. A policy
	 * may lack a line. */
	| { kind: "dead"; reason: string; lacks?: string }
	| { kind: "progress"; id: number; output: Uint8Array<ArrayBuffer> }
	| { kind: "result"; id: number; output: Uint8Array<ArrayBuffer> }
	| { kind: "error"; id: number; message: string };

/** The message of a call that was cancelled, as the engine gives it. */
export const cancelled = "cancelled";
