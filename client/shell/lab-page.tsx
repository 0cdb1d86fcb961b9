import { useCallback } from 'react';
import { openPageLink } from '../link/browser-wire.ts';
import type { Place } from '../route/address.ts';
import { LabProvider } from '../state/lab-context.tsx';
import { NoticesProvider } from '../state/notices.tsx';
import { PlaceProvider } from '../state/place.tsx';
import { ActivityProvider } from '../state/presence.tsx';
import { TourProvider } from '../tour/tour.tsx';
import { LabScreen } from './lab-screen.tsx';
import { NoticeStack } from './notices.tsx';

/** A lab, connected as long as the address is in it. */
export const LabPage = ({ place }: { place: Place }) => {
  const { lab } = place;
  const open = useCallback(() => openPageLink(lab), [lab]);
  return (
    <LabProvider key={lab} open={open}>
      <PlaceProvider value={place}>
        <NoticesProvider>
          <ActivityProvider>
            <TourProvider>
              <LabScreen />
              <NoticeStack />
            </TourProvider>
          </ActivityProvider>
        </NoticesProvider>
      </PlaceProvider>
    </LabProvider>
  );
};
