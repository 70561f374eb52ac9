// The events of the elements. Each is a class, named in the past tense, and
// crosses shadow roots, so that a page can listen on <cert-lens> alone.

import type { Report } from "./engine/report.gen.js";
import type { Ask, RevocationAsk } from "./live/asks.js";

const crossing = { bubbles: true, composed: true } as const;

/** How the text in the box came to be what it is. */
export type Arrival = "typed" | "pasted" | "submitted";

/** The text in the box changed. */
export class TextChangedEvent extends Event {
	constructor(
		readonly text: string,
		readonly how: Arrival,
	) {
		super("text-changed", crossing);
	}
}

/** Files were dropped, picked or pasted. */
export class FilesAddedEvent extends Event {
	constructor(
		readonly files: readonly File[],
		/** anchor: the files are trust anchors; input: they are to be read. */
		readonly role: "input" | "anchor" = "input",
	) {
		super("files-added", crossing);
	}
}

/** A file was taken away again. */
export class FileRemovedEvent extends Event {
	constructor(
		readonly index: number,
		readonly role: "input" | "anchor" = "input",
	) {
		super("file-removed", crossing);
	}
}

/** Everything was cleared. */
export class InputClearedEvent extends Event {
	constructor() {
		super("input-cleared", crossing);
	}
}

/** The strip was opened for editing. */
export class EditOpenedEvent extends Event {
	constructor() {
		super("edit-opened", crossing);
	}
}

/** What a person can set beside the input. */
export interface Options {
	/** Host name or IP address; empty not to check it. */
	host: string;
	/** RFC 3339; empty for now. */
	at: string;
	/** "auto" or the name of a lint profile. */
	profile: string;
	/** Whether supplied anchors stand beside the root store or replace it. */
	anchorMode: "beside" | "instead";
}

/** One or more options changed. */
export class OptionsChangedEvent extends Event {
	constructor(readonly options: Partial<Options>) {
		super("options-changed", crossing);
	}
}

/** A reference to a certificate was followed. */
export class CertificateChosenEvent extends Event {
	constructor(
		readonly id: string,
		/** details opens the certificate, bytes its ASN.1 tree. */
		readonly view: "details" | "bytes" = "details",
	) {
		super("certificate-chosen", crossing);
	}
}

/** A password was given for what is encrypted. It does not leave the checker. */
export class PasswordGivenEvent extends Event {
	constructor(readonly password: string) {
		super("password-given");
	}
}

/** A running analysis was cancelled. */
export class AnalysisCancelledEvent extends Event {
	constructor() {
		super("analysis-cancelled", crossing);
	}
}

/** A handshake with a live server was asked for. */
export class HostAskedEvent extends Event {
	constructor(
		/** What was typed. */
		readonly text: string,
		/** The protocol in which TLS is started; "none", or "" to go by the port. */
		readonly starttls: string,
	) {
		super("host-asked", crossing);
	}
}

/** A scan of the live server was asked for. */
export class ScanAskedEvent extends Event {
	constructor() {
		super("scan-asked", crossing);
	}
}

/** The issuer of a certificate was asked for. */
export class IssuerAskedEvent extends Event {
	constructor(readonly ask: Ask) {
		super("issuer-asked", crossing);
	}
}

/** The state of revocation of a certificate was asked for. */
export class RevocationAskedEvent extends Event {
	constructor(readonly ask: RevocationAsk) {
		super("revocation-asked", crossing);
	}
}

/** What is being asked of the network was cancelled. */
export class AskCancelledEvent extends Event {
	constructor() {
		super("ask-cancelled", crossing);
	}
}

/** An analysis began. */
export class AnalysisStartedEvent extends Event {
	constructor() {
		super("analysis-started", crossing);
	}
}

/** An analysis gave no report. */
export class AnalysisFailedEvent extends Event {
	constructor(
		/** Why, in a sentence. */
		readonly message: string,
	) {
		super("analysis-failed", crossing);
	}
}

/** A complete report arrived. */
export class ReportCompletedEvent extends Event {
	constructor(readonly report: Report) {
		super("report-completed", crossing);
	}
}

/** A value was copied to the clipboard. */
export class TextCopiedEvent extends Event {
	constructor(readonly text: string) {
		super("text-copied", crossing);
	}
}

declare global {
	interface GlobalEventHandlersEventMap {
		"text-changed": TextChangedEvent;
		"files-added": FilesAddedEvent;
		"file-removed": FileRemovedEvent;
		"input-cleared": InputClearedEvent;
		"edit-opened": EditOpenedEvent;
		"options-changed": OptionsChangedEvent;
		"certificate-chosen": CertificateChosenEvent;
		"password-given": PasswordGivenEvent;
		"analysis-started": AnalysisStartedEvent;
		"analysis-failed": AnalysisFailedEvent;
		"analysis-cancelled": AnalysisCancelledEvent;
		"host-asked": HostAskedEvent;
		"scan-asked": ScanAskedEvent;
		"issuer-asked": IssuerAskedEvent;
		"revocation-asked": RevocationAskedEvent;
		"ask-cancelled": AskCancelledEvent;
		"report-completed": ReportCompletedEvent;
		"text-copied": TextCopiedEvent;
	}
}
