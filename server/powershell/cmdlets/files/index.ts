import type { Cmdlet } from '../../engine/cmdlet.ts';
import { copyItem, moveItem, removeItem, renameItem } from './change-items.ts';
import { exportClixml, importClixml } from './clixml-file.ts';
import { addContent, clearContent, getContent, setContent } from './content.ts';
import { exportCsv, importCsv } from './csv-file.ts';
import { convertPath, getChildItem, getItem, resolvePath } from './items.ts';
import {
  getLocation,
  getPsDrive,
  popLocation,
  pushLocation,
  setLocation,
  testPath,
} from './locations.ts';
import { newItem } from './new-item.ts';
import { outFile } from './out-file.ts';
import { selectString } from './select-string.ts';
import { teeObject } from './tee-object.ts';

/** Cmdlets about the files of a host. */
export const FILE_CMDLETS: readonly Cmdlet[] = [
  addContent,
  clearContent,
  convertPath,
  copyItem,
  exportClixml,
  exportCsv,
  getChildItem,
  getContent,
  getItem,
  getLocation,
  getPsDrive,
  importClixml,
  importCsv,
  moveItem,
  newItem,
  outFile,
  popLocation,
  pushLocation,
  removeItem,
  renameItem,
  resolvePath,
  selectString,
  setContent,
  setLocation,
  teeObject,
  testPath,
];
