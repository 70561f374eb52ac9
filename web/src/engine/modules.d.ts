// Modules that the build program makes: files that a script loads by their URL.

declare module "*?url" {
	/** The address of the worker's script. */
	export const url: string;
}

declare module "*/engine.wasm" {
	/** The address of the engine. */
	export const url: string;
	/** The number of bytes before compression. */
	export const size: number;
}

/** The JavaScript half of the Go runtime, from GOROOT. It defines globalThis.Go. */
declare module "wasm_exec.js" {}

declare module "*.txt" {
	const text: string;
	export default text;
}
