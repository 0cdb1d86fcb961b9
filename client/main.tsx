import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '../server/base/assert.ts';
import { App, fetchPage } from './app.tsx';
import { readAddress } from './route/address.ts';
import './theme/palette.css';

const page = must(document.getElementById('page'), 'index.html has it');
const { pathname, search } = window.location;
// What is drawn before it is there makes React wait for longer than it takes to come.
await fetchPage(readAddress(pathname, search));
createRoot(page).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
