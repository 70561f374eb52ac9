import { LitElement } from "lit";
import { nextTask } from "../task.js";

/**
 * An element whose first drawing is a task of its own: where several come at
 * once, as with the first report, the browser can answer between them.
 */
export abstract class LaterElement extends LitElement {
	protected override async scheduleUpdate(): Promise<void> {
		if (!this.hasUpdated) await nextTask();
		super.scheduleUpdate();
	}
}
