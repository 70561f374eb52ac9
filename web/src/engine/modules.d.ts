// Modules that the build program makes: files that a script loads by their URL.

declare module "*/places.built.js" {
	/** Where the build put the worker and the engine. */
	export function beside(): { worker: string; engine: string; integrity?: readonly [string, string] };
	/** Where they are when they are not there. */
	export const fallback: (() => Promise<{ worker: string; engine: string }>) | undefined;
}

declare module "*/kept.built.js" {
	/** The SHA-256 of the list. */
	export const build: string;
	/** The files to keep: address below the page's, and integrity value. */
	export const files: ReadonlyArray<readonly [path: string, integrity: string]>;
}

declare module "*/engine.wasm" {
	/** The number of bytes before compression. */
	export const size: number;
}

declare module "*/inline.built.js" {
	/** The engine, compressed with gzip, as base64. */
	export const engine: string;
	/** The worker's script. */
	export const worker: string;
}

declare module "*/elements.built.js" {
	/** The address of the module with the elements. */
	export const address: string;
	/** Its integrity value. */
	export const integrity: string;
}

/** The JavaScript half of the Go runtime, from GOROOT. It defines globalThis.Go. */
declare module "wasm_exec.js" {}

declare module "*.txt" {
	const text: string;
	export default text;
}
