import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { errorResponse } from './error.ts';

// The built page, held in memory: a few files, and no address can lead out of a map. Whatever is no
// file and no API is the page itself, which finds its own way from the address.

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

const WORTH_PACKING = /^(?:text|application\/json|image\/svg)/;

interface PageFile {
  readonly body: Buffer<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
  /** Vite writes a hash of the content into these names, so they never change. */
  readonly forever: boolean;
  packed?: Promise<Buffer<ArrayBuffer>>;
}

type Files = ReadonlyMap<string, PageFile>;

/** Answers GET for the page and its files. A new build is seen without a restart. */
export const servePage = (folder: string): ((request: Request) => Promise<Response>) => {
  let files: Files = new Map();
  let builtAt = -1;
  return async request => {
    const now = changedAt(join(folder, 'index.html'));
    if (now !== builtAt) [files, builtAt] = [now === 0 ? new Map() : readFiles(folder), now];

    const path = decoded(new URL(request.url).pathname);
    const file = files.get(path);
    if (file !== undefined) return send(file, request);
    // A missing file of an older build must not come back as a page, with the type of a page.
    if (path.startsWith('/assets/') || extname(path) !== '')
      return errorResponse({ kind: 'not-found' });
    const page = files.get('/index.html');
    return page === undefined ? errorResponse({ kind: 'no-page' }) : send(page, request);
  };
};

const send = async (file: PageFile, request: Request): Promise<Response> => {
  const headers = new Headers({
    'content-type': file.type,
    'cache-control': file.forever ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
  });
  if (request.headers.get('if-none-match') === file.etag) {
    return new Response(null, { status: 304, headers });
  }
  const mayPack = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  if (!mayPack || !WORTH_PACKING.test(file.type)) return new Response(file.body, { headers });
  file.packed ??= pack(file.body);
  headers.set('content-encoding', 'gzip');
  return new Response(await file.packed, { headers });
};

const pack: (body: Buffer<ArrayBuffer>) => Promise<Buffer<ArrayBuffer>> = promisify(gzip);

const readFiles = (folder: string): Files => {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    names
      .filter(entry => entry.isFile())
      .map(entry => {
        const full = join(entry.parentPath, entry.name);
        const path = `/${relative(folder, full).split(sep).join('/')}`;
        return [path, readPageFile(full, path)];
      }),
  );
};

const readPageFile = (full: string, path: string): PageFile => {
  const body = readFileSync(full);
  return {
    body,
    type: TYPES[extname(full)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    forever: path.startsWith('/assets/'),
  };
};

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
