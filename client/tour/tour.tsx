import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { createContext, lazy, Suspense, useContext, useMemo, useState } from 'react';
import { useArrived } from '../state/lab-context.tsx';
import { usePlace } from '../state/place.tsx';
import { keepOffered, wasOffered } from './seen.ts';
import css from './tour.module.css';

const TourCard = lazy(() =>
  import('./tour-card.tsx').then(module => ({ default: module.TourCard })),
);

const TourContext = createContext<() => void>(() => undefined);

/** Begins the tour, from wherever somebody asks for it. */
export const useTour = (): (() => void) => useContext(TourContext);

/** The lab that every server has, and where newcomers land. */
const DEMO = 'lab:demo';

/** The tour, offered once to whoever has never been here. */
export const TourProvider = ({ children }: { children: ReactNode }) => {
  const { lab, dialog } = usePlace();
  const arrived = useArrived('lab');
  const [offered, setOffered] = useState(wasOffered);
  const [running, setRunning] = useState(false);
  const tour = useMemo(
    () => ({
      begin: (): void => {
        keepOffered();
        setOffered(true);
        setRunning(true);
      },
      decline: (): void => {
        keepOffered();
        setOffered(true);
      },
    }),
    [],
  );
  const offers = arrived && !offered && !running && lab === DEMO && dialog === null;
  return (
    <TourContext value={tour.begin}>
      {children}
      {offers && <Offer onBegin={tour.begin} onDecline={tour.decline} />}
      {running && (
        <Suspense>
          <TourCard onEnd={() => setRunning(false)} />
        </Suspense>
      )}
    </TourContext>
  );
};

const Offer = ({ onBegin, onDecline }: { onBegin: () => void; onDecline: () => void }) => (
  <section className={css['offer']} aria-label="Tour">
    <h2>New here?</h2>
    <p>One minute shows you around: what is where, and how to watch a virtual machine start.</p>
    <div className={css['buttons']}>
      <Button appearance="primary" size="small" onClick={onBegin}>
        Show Me Around
      </Button>
      <Button size="small" onClick={onDecline}>
        Not Now
      </Button>
      <small>Later: under ?</small>
    </div>
  </section>
);
