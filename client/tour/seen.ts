const KEPT_AS = 'enlighten.tour';

/** Whether the tour was offered in this browser; where nothing can be kept, nobody is asked again and again. */
export const wasOffered = (): boolean => {
  try {
    return window.localStorage.getItem(KEPT_AS) !== null;
  } catch {
    return true;
  }
};

export const keepOffered = (): void => {
  try {
    window.localStorage.setItem(KEPT_AS, 'offered');
  } catch {
    // Storage may be forbidden; the tour is worth no error.
  }
};
