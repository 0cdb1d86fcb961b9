import type { SheetRow } from '../hypervisor/sheet.fixture.ts';
import { missing, ruled } from '../hypervisor/sheet.fixture.ts';

// What is known of the bus, row by row, and the rule of SPEC.md that has it; or why none has.

const LATER = 'Of a later release than Windows Server 2012.';

const VERSIONS: readonly SheetRow[] = [
  ...ruled('VB3', 'version 0.13', 'version 1.1', 'version 2.4', 'stepping down'),
  ...ruled('VB4', 'connection state 2', 'monitor pages both or none'),
  ...ruled('VB14', 'UnloadComplete from 1.1 on'),
  ...ruled('VB32', 'messages to processor 0 below 3.0'),
  ...missing(LATER, 'versions 3.0 to 6.0', 'connection id 4 and redirected messages'),
  ...missing(
    'Every channel has an interrupt of its own here, also that of an older client.',
    'shared interrupt page below 2.4',
  ),
  ...missing(
    'A set-up that wants memory is refused as a whole: only state 2 can come of it.',
    'connection state 1',
  ),
];

const MESSAGES: readonly SheetRow[] = [
  ...ruled('VB1', 'messages 1 to 17', 'sizes and offsets', 'header', '240 bytes'),
  ...missing(LATER, 'messages 18 to 29', 'longer forms from 6.0 on'),
  ...ruled('VB30', 'monitor id 0xFF', 'is_dedicated'),
  ...ruled('VB5', '27 values a header', '28 values a body'),
  ...ruled('VB2', 'body of an unknown GPADL', 'bytes that are no message'),
  ...ruled('VB6', 'second RequestOffers', 'order of offers', 'AllOffersDelivered'),
  ...ruled('VB16', 'transient refusals of a post'),
  ...ruled('VB8', 'status of a failed open'),
  ...missing(
    'What a pipe is named is of later releases; integration services are pipes here without a name.',
    'named pipe flag',
    'loopback flag',
    'TLNPI flag',
  ),
];

const STATES: readonly SheetRow[] = [
  ...ruled('VB22', 'connection states'),
  ...ruled('VB23', 'channel states', 'ClosingReopen', 'Reoffered'),
  ...ruled('VB24', 'GPADL states'),
  ...ruled('VB33', 'OfferedTearingDown'),
  ...ruled('VB25', 'client states'),
  ...ruled('VB15', 'second InitiateContact while connected'),
  ...ruled('VB31', 'second InitiateContact while connecting'),
  ...ruled('VB27', 'open ignored when revoked'),
  ...ruled('VB9', 'close without an answer', 'teardown does not look at rings'),
  ...ruled('VB17', 'rescind', 'GPADL of a revoked channel'),
  ...ruled('VB18', 'hot add'),
  ...ruled('VB19', 'back before it was released'),
  ...ruled('VB26', 'illegal orders'),
];

const RINGS: readonly SheetRow[] = [
  ...ruled('VB11', 'indices in bytes', '8 bytes free', 'wrapping', 'whole pages'),
  ...ruled('VB12', 'signal from empty'),
  ...ruled('VB13', 'descriptor', 'footer', 'types 6, 7, 9 and B'),
  ...ruled('VB7', 'two rings in one GPADL', 'downstream page offset'),
  ...ruled('VB21', 'monitor page'),
  ...missing(
    'A reader here empties its ring at one moment, so nobody writes while its mask is set.',
    'interrupt mask',
    'reader loop',
  ),
  ...missing(
    'A writer that finds its ring full drops what it has: beats and samples, which come again.',
    'pending send size',
    'feature bits',
  ),
  ...missing(
    'No driver of a lab sends these.',
    'types 1 to 5, 8, A, C and D',
    'partial data in a pipe',
  ),
];

const LIMITS: readonly SheetRow[] = [
  ...ruled('VB28', '2,047 channels'),
  ...ruled('VB29', '128 monitored channels'),
  ...missing('One host-side form of the ids is enough here.', 'connection id with SINT and VTL'),
];

export const SHEET: readonly SheetRow[] = [
  ...VERSIONS,
  ...MESSAGES,
  ...STATES,
  ...RINGS,
  ...LIMITS,
];
