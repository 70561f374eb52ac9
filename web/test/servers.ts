// Real servers for the tests: openssl with certificates of a small PKI, all on
// free ports of this machine.

import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** hasOpenSSL tells whether the program is there. */
export const hasOpenSSL = spawnSync("openssl", ["version"]).status === 0;

/** withoutOpenSSL is why a test is skipped; false when it is not. */
export const withoutOpenSSL = hasOpenSSL ? false : "openssl not found: apt-get install openssl";

/** A Lab is a directory with a root, an issuer and what it issues, and the programs that use them. */
export class Lab {
	readonly directory = mkdtempSync(join(tmpdir(), "certlens-openssl-"));
	#running: ChildProcess[] = [];

	/** path is the path of a file. */
	path(name: string): string {
		return join(this.directory, name);
	}

	/** openssl runs the program in the directory. */
	openssl(...args: string[]): Buffer {
		return execFileSync("openssl", args, { cwd: this.directory, stdio: "pipe" });
	}

	/** makeIssuer makes root.pem and issuer.pem with their keys. */
	makeIssuer(): void {
		const root = ["-subj", "/CN=Example Test Root", "-addext", "keyUsage=critical,keyCertSign,cRLSign"];
		this.openssl("req", "-x509", ...newKey("root.key"), ...root, "-days", "30", "-out", "root.pem");
		const ca = "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\n";
		this.#issue("issuer", "/CN=Example Test Issuer", "root", ca);
	}

	/** issueServer makes a server's certificate with its key; extensions are lines of openssl's configuration. */
	issueServer(name: string, names: string, extensions = ""): void {
		const usages = "extendedKeyUsage=serverAuth\nkeyUsage=critical,digitalSignature\n";
		const commonName = /DNS:([^,]+)/.exec(names)?.[1] ?? name;
		this.#issue(name, `/CN=${commonName}`, "issuer", `subjectAltName=${names}\n${usages}${extensions}`);
	}

	// A certificate by an issuer whose files have that name.
	#issue(name: string, subject: string, issuer: string, extensions: string): void {
		this.openssl("req", ...newKey(`${name}.key`), "-subj", subject, "-out", `${name}.csr`);
		writeFileSync(this.path(`${name}.ext`), extensions);
		const by = ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`, "-CAcreateserial"];
		const to = ["-days", "30", "-extfile", `${name}.ext`, "-out", `${name}.pem`];
		this.openssl("x509", "-req", "-in", `${name}.csr`, ...by, ...to);
	}

	/** serve starts openssl s_server with a certificate, and gives its port. */
	async serve(name: string, ...flags: string[]): Promise<number> {
		const port = await freePort();
		const files = ["-cert", `${name}.pem`, "-key", `${name}.key`];
		await this.start("s_server", "-accept", `127.0.0.1:${port}`, ...files, ...flags);
		return port;
	}

	/** start starts openssl as a server, and waits until it listens. It ends with the lab. */
	start(...args: string[]): Promise<void> {
		// s_server ends when its standard input does.
		const server = spawn("openssl", args, { cwd: this.directory, stdio: "pipe" });
		this.#running.push(server);
		return new Promise((resolve, reject) => {
			let said = "";
			const hear = (data: Buffer) => {
				said = (said + data).slice(-1000);
				if (/^ACCEPT|waiting for/im.test(said)) resolve();
			};
			server.stdout.on("data", hear);
			server.stderr.on("data", hear);
			server.on("close", () => reject(new Error(`openssl ${args[0]} ended: ${said}`)));
		});
	}

	/** close ends the servers and removes the directory. */
	close(): void {
		for (const server of this.#running) server.kill();
		rmSync(this.directory, { recursive: true });
	}
}

function newKey(name: string): string[] {
	return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name];
}

/** freePort is a port of this machine at which nothing listens. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
