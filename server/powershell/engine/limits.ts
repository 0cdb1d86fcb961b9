/** What one line of a session may use. One table, so that what protects the lab can be read at once. */
export const LIMITS = {
  /** Statements, expressions and objects of a pipeline. */
  steps: 10_000_000,
  /** After so many steps others have their turn; a step is about half a microsecond of work. */
  stepsInABreath: 1_000,
  /** What an error costs beside the step it happened in: making one takes long. */
  stepsOfAnError: 300,
  /** To call a function or a script block, to bind a cmdlet, to shape an object for the screen. */
  stepsOfACall: 25,
  stepsOfACmdlet: 60,
  stepsOfAnObjectShown: 40,
  /** Functions and script blocks inside one another, as PowerShell 2 counted them. */
  callDepth: 1_000,
  /** Calls on the native stack before it begins anew; see trampoline.ts. */
  callsOnTheStack: 12,
  /** Stages of one pipeline. */
  stages: 100,
  textLength: 1_000_000,
  elements: 250_000,
  /** Characters that one operator on a list may look at, without a breath in between. */
  charactersAtOnce: 4_000_000,
  /** Characters that one call looks at, or makes, are as much work as a step. */
  charactersOfAStep: 500,
  /** Likewise characters that are parsed, or shaped for the screen. */
  charactersParsedInAStep: 2,
  charactersShownInAStep: 10,
  /** Likewise elements of a collection that is made or gone through. */
  elementsOfAStep: 10,
  /** A longer list is gone through piece by piece. */
  elementsAtOnce: 2_000,
  /** Bytes by estimate: of what lives, measured when so much was allocated. */
  allocated: 64_000_000,
  live: 48_000_000,
  outputObjects: 500_000,
  outputCharacters: 20_000_000,
  errorsKept: 256,
  history: 4_096,
  /** Jobs that a session keeps, ended ones too. */
  jobs: 50,
  /** Sessions on other computers that are kept. */
  sessions: 20,
  variables: 4_096,
} as const;

/** Estimates of bytes, on the safe side. */
export const COST = { character: 1, element: 16, object: 120 } as const;
