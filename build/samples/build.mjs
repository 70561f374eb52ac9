// Builds the sample sites: node build.mjs OUT, with one folder for each in OUT.
// Every tool runs with what it does by default for a site that is not at the root
// of its server; nothing here is about certlens.

import { cpSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { build } from "vite";
import webpack from "webpack";

const here = import.meta.dirname;
const out = process.argv[2];

const tools = {
	async plain(from, to) {
		cpSync(from, to, { recursive: true });
		cpSync(join(here, "node_modules/certlens"), join(to, "certlens"), { recursive: true });
	},
	async vite(root, outDir) {
		await build({ root, base: "./", build: { outDir, emptyOutDir: true }, logLevel: "error" });
	},
	async webpack(from, path) {
		cpSync(join(from, "index.html"), join(path, "index.html"));
		const config = { mode: "production", entry: join(from, "main.js"), output: { path } };
		const stats = await new Promise((resolve, reject) => {
			webpack(config, (error, stats) => (error ? reject(error) : resolve(stats)));
		});
		if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
	},
	async esbuild(from, outdir) {
		cpSync(join(from, "index.html"), join(outdir, "index.html"));
		const entryPoints = [join(from, "main.js")];
		await esbuild.build({ entryPoints, outdir, bundle: true, format: "esm", splitting: true, minify: true });
	},
};

for (const [name, run] of Object.entries(tools)) await run(join(here, name), join(out, name));
