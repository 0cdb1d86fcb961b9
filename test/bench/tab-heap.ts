import type { CDPSession, Page } from 'playwright-core';

interface Usage {
  readonly usedSize: number;
  /** Of the document: nodes, listeners, styles. */
  readonly embedderHeapUsedSize?: number;
  /** Of typed arrays. */
  readonly backingStorageSize?: number;
}

/** What a tab of a browser keeps, after a collection. */
export class TabHeap {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<TabHeap> {
    return new TabHeap(await page.context().newCDPSession(page));
  }

  /** Bytes of its script and of its document. */
  async bytes(): Promise<number> {
    // What the first lets go of in the document the second lets go of in script.
    for (let i = 0; i < 2; i += 1) await this.#session.send('HeapProfiler.collectGarbage');
    const usage: Usage = await this.#session.send('Runtime.getHeapUsage');
    return usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
  }

  /** Nodes of all documents, also of those that are held by nothing but script. */
  async nodes(): Promise<number> {
    return (await this.#session.send('Memory.getDOMCounters')).nodes;
  }
}
