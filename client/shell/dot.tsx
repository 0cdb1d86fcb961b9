import css from './dot.module.css';
import type { Mood } from './tree-model.ts';

/** Beside a word that says the same. */
export const Dot = ({ mood }: { mood: Mood }) => (
  <span className={`${css['dot']} ${css[mood]}`} aria-hidden="true" />
);
