// Starts the page: who asks, which place the address names, and the stream that feeds it.
import { render } from 'preact';
import { App } from './app.tsx';
import { startHeartbeat } from './live/heartbeat.ts';
import { startLive } from './live/live.ts';
import { startRoute } from './route.ts';
import { startSession } from './session.ts';
import { startShortcuts } from './shortcuts.ts';
import './style/tokens.css';
import './style/base.css';
import './style/shell.css';

startRoute();
startSession();
startLive();
startHeartbeat();
startShortcuts();
const root = document.getElementById('app');
if (root) render(<App />, root);
