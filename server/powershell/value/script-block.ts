import type { Block } from '../syntax/tree.ts';
import { type Property, PSObject } from './ps-object.ts';

/** A script block: its tree, and the text it was cut from for error places. */
export class ScriptBlock extends PSObject {
  readonly typeNames = ['System.Management.Automation.ScriptBlock', 'System.Object'];
  readonly body: Block;
  /** Between the braces. */
  readonly source: string;
  /** The whole text whose offsets the tree's extents are. */
  readonly from: { readonly text: string; readonly file: string | null };
  /** The scope it was closed over by GetNewClosure; opaque here. */
  readonly closure: object | null;

  constructor(made: {
    readonly body: Block;
    readonly source: string;
    readonly from: { readonly text: string; readonly file: string | null };
    readonly closure?: object | null;
  }) {
    super();
    this.body = made.body;
    this.source = made.source;
    this.from = made.from;
    this.closure = made.closure ?? null;
  }

  properties(): readonly Property[] {
    return [];
  }

  text(): string {
    return this.source;
  }
}
