// Bytes in their written forms, and files made of them.

/** fromBase64 decodes standard base64 (RFC 4648, section 4). */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
	const binary = atob(text);
	const bytes = new Uint8Array(binary.length);
	for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
	return bytes;
}

/** pem wraps the base64 of some DER in the lines of RFC 7468. */
export function pem(base64: string, label = "CERTIFICATE"): string {
	const body = base64.match(/.{1,64}/g)?.join("\n") ?? "";
	return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

/** save hands a file to the browser's downloads. */
export function save(fileName: string, content: BlobPart, type: string): void {
	const url = URL.createObjectURL(new Blob([content], { type }));
	const anchor = document.createElement("a");
	anchor.href = url;
	anchor.download = fileName;
	anchor.click();
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// The names of devices, with any extension, which Windows does not take for files.
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** fileName makes a name that every file system takes out of a title. */
export function fileName(title: string, extension: string): string {
	const stem = title
		.replace(/^\*\./, "wildcard.")
		.slice(0, 1000)
		.replace(/[^a-z0-9.-]+/gi, "-")
		.replace(/\.{2,}/g, ".")
		.slice(0, 80)
		.replace(/^[-.]+|[-.]+$/g, "");
	if (stem === "") return `certificate.${extension}`;
	return `${device.test(stem) ? "certificate-" : ""}${stem}.${extension}`;
}
