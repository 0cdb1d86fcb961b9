import type { Change } from '../state/place.tsx';

/** One stop of the tour: a real part of the screen, and what it is for. */
export interface Step {
  /** Finds the part by the name that it has for everyone, seen or heard. */
  readonly anchor: string;
  readonly title: string;
  readonly text: string;
  /** Where the screen is meanwhile; the machine is the first of the lab. */
  readonly place: Change;
}

// A minute at the speed at which one reads: eight stops of some 25 words each. A test counts them.

export const STEPS: readonly Step[] = [
  {
    anchor: 'aside[aria-label="Objects of the lab"]',
    title: 'Hosts and what runs on them',
    text: 'Each host is a Windows Server 2012 with Hyper-V. Its virtual machines are below it, each with its state in a word.',
    place: { tab: 'machines', inspect: null, dialog: null },
  },
  {
    anchor: 'aside[aria-label="Actions and inspector"]',
    title: 'What can be done with it',
    text: 'The Actions of Hyper-V Manager. A greyed one says why it is impossible now. Start is here: everyone in the lab sees it happen.',
    place: { tab: 'machines', inspect: null },
  },
  {
    anchor: 'main',
    title: 'X-ray: what no real server shows',
    text: 'The hypervisor at the bottom, the parent partition on the left, virtual machines on the right. What a start does lights up, step by step.',
    place: { tab: 'xray', inspect: null },
  },
  {
    anchor: 'aside[aria-label="Actions and inspector"]',
    title: 'Click anything, and ask why',
    text: 'A click on a box, a wire or a line opens the inspector: what it is, what it last did, and the chain of causes back to a person.',
    place: { tab: 'xray', inspect: 'component:vmms' },
  },
  {
    anchor: '[role=group][aria-label="Clock"]',
    title: 'One clock for everyone',
    text: 'Pause it, go on by a single step, or slow it down a thousand times until a hypercall can be read. It is the same for all of you.',
    place: { tab: 'xray', inspect: null },
  },
  {
    anchor: 'nav[aria-label="Views"]',
    title: 'Other ways to look',
    text: 'VMBus lists the messages with their bytes, Processes what runs on the host, Events what was logged, Timeline what caused what.',
    place: { tab: 'machines', inspect: null },
  },
  {
    anchor: 'section[aria-label="What happens"], footer',
    title: 'Everything that happens, in words',
    text: 'The same as the picture, as a list. Beside it is PowerShell, shared: one of you types, the others watch.',
    place: { tab: 'machines', inspect: null },
  },
  {
    anchor: 'section[aria-label="Tasks"]',
    title: 'Who did what',
    text: 'Every task with its person and its progress. Nothing breaks for good here: start a virtual machine now, and look at it in X-ray.',
    place: { tab: 'machines', inspect: null },
  },
];
