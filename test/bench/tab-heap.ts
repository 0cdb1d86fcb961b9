import type { CDPSession, Page } from 'playwright-core';

interface Usage {
  readonly usedSize: number;
  /** Of the document: nodes, listeners, styles. */
  readonly embedderHeapUsedSize?: number;
  /** Of typed arrays. */
  readonly backingStorageSize?: number;
}

const LOOKS = 3;

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
    // What one collection lets go of in the document the next one lets go of in script. A page that is
    // busy makes megabytes between a collection and the question behind it: the least is what it keeps.
    const found: number[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      await this.#session.send('HeapProfiler.collectGarbage');
      const usage: Usage = await this.#session.send('Runtime.getHeapUsage');
      const { embedderHeapUsedSize = 0, backingStorageSize = 0 } = usage;
      found.push(usage.usedSize + embedderHeapUsedSize + backingStorageSize);
    }
    return Math.min(...found);
  }
}
