import type { Cmdlet } from '../../engine/cmdlet.ts';
import { addMember } from './add-member.ts';
import { clearHost } from './clear-host.ts';
import { compareObject } from './compare-object.ts';
import { convertFromCsv, convertToCsv } from './convert-csv.ts';
import { convertToHtml } from './convert-html.ts';
import { convertFromJson, convertToJson } from './convert-json.ts';
import { forEachObject } from './foreach-object.ts';
import { formatList } from './format-list.ts';
import { formatTable } from './format-table.ts';
import { formatWide } from './format-wide.ts';
import { getDate } from './get-date.ts';
import { getMember } from './get-member.ts';
import { getUnique } from './get-unique.ts';
import { groupObject } from './group-object.ts';
import { measureCommand } from './measure-command.ts';
import { measureObject } from './measure-object.ts';
import { newObject } from './new-object.ts';
import { newTimeSpan } from './new-timespan.ts';
import { outDefault, outHost, outNull, outString } from './out-sinks.ts';
import { joinPath, splitPath } from './paths.ts';
import { readHost } from './read-host.ts';
import { selectObject } from './select-object.ts';
import { sortObject } from './sort-object.ts';
import { startSleep } from './start-sleep.ts';
import {
  clearVariable,
  getVariable,
  newVariable,
  removeVariable,
  setVariable,
} from './variables.ts';
import { whereObject } from './where-object.ts';
import { writeError } from './write-error.ts';
import { writeProgress } from './write-progress.ts';
import { writeDebug, writeHost, writeOutput, writeVerbose, writeWarning } from './write-streams.ts';

/** Cmdlets of the language itself: they know values, not labs. */
export const CORE_CMDLETS: readonly Cmdlet[] = [
  addMember,
  clearHost,
  clearVariable,
  compareObject,
  convertFromCsv,
  convertFromJson,
  convertToCsv,
  convertToHtml,
  convertToJson,
  forEachObject,
  formatList,
  formatTable,
  formatWide,
  getDate,
  getMember,
  getUnique,
  getVariable,
  groupObject,
  joinPath,
  measureCommand,
  measureObject,
  newObject,
  newTimeSpan,
  newVariable,
  outDefault,
  outHost,
  outNull,
  outString,
  readHost,
  removeVariable,
  selectObject,
  setVariable,
  sortObject,
  splitPath,
  startSleep,
  whereObject,
  writeDebug,
  writeError,
  writeHost,
  writeOutput,
  writeProgress,
  writeVerbose,
  writeWarning,
];
