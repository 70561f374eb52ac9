// The tree as the lines that show: a list that holds the children of open
// nodes, so that a tree of any size scrolls like a list.

import type { ASN1 } from "../engine/report.gen.js";

/** A Row is one line of the tree. */
export interface Row {
	node: ASN1;
	/** 1 for the root. */
	level: number;
	/** The row's place among its siblings, from 1, and their number. */
	position: number;
	siblings: number;
	/** Index of the parent's row; -1 for the root. */
	parent: number;
}

/** visibleRows lists the rows of a tree of which some nodes are open. */
export function visibleRows(root: ASN1, open: ReadonlySet<ASN1>): Row[] {
	const rows: Row[] = [];
	const waiting: Row[] = [{ node: root, level: 1, position: 1, siblings: 1, parent: -1 }];
	for (let row = waiting.pop(); row; row = waiting.pop()) {
		const parent = rows.push(row) - 1;
		const children = open.has(row.node) ? (row.node.children ?? []) : [];
		for (let i = children.length - 1; i >= 0; i--) {
			waiting.push({
				node: children[i] as ASN1,
				level: row.level + 1,
				position: i + 1,
				siblings: children.length,
				parent,
			});
		}
	}
	return rows;
}

/** openAtFirst opens the upper levels, but no list that is long. */
export function openAtFirst(root: ASN1): Set<ASN1> {
	const open = new Set<ASN1>([root]);
	for (const child of root.children ?? []) {
		if ((child.children?.length ?? 0) <= 40) open.add(child);
	}
	return open;
}

/** pathTo is the way from the root to the innermost node that holds a byte. */
export function pathTo(root: ASN1, offset: number): ASN1[] {
	const path = [root];
	for (let node: ASN1 | undefined = root; node; ) {
		node = node.children?.find((child) => offset >= child.offset && offset < end(child));
		if (node) path.push(node);
	}
	return path;
}

/** end is the offset after a node's last byte. */
export function end({ offset, header, length }: ASN1): number {
	return offset + header + length;
}
