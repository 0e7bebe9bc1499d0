// The calls of the typed client that are about what happens over time: scenarios, capacity, and the crowd.
import type { CapacityAnswer, CapacityBody, CrowdAnswer, CrowdBody, ForecastAnswer } from '../admin/contract/load.ts';
import type { Begun, PlayBody, Playback, ScenarioLine } from '../admin/contract/playback.ts';
import type { AdminAddress } from './admin-request.ts';
import { callsTo } from './calls.ts';

/** Who asks, for the record. */
export interface ByBody {
  readonly by?: string;
}

export interface PlaybackCalls {
  scenarios(): Promise<ScenarioLine[]>;
  /** Resolves when the cues of its beginning are in force. */
  playScenario(name: string, request?: PlayBody): Promise<Begun>;
  playback(): Promise<Playback>;
  pausePlayback(request?: ByBody): Promise<Playback>;
  resumePlayback(request?: ByBody): Promise<Playback>;
  /** To a story time, as `14:50` or `20m`. */
  seekPlayback(to: string, request?: ByBody): Promise<Playback>;
  /** Undoes what the cues changed. */
  stopPlayback(request?: ByBody): Promise<Playback>;
  /** `observed` is null while it is off, and no setting is there. */
  capacity(): Promise<CapacityAnswer>;
  /** In the place of what there was; null turns it off. */
  setCapacity(settings: CapacityBody): Promise<CapacityAnswer>;
  /** Rejects with a `conflict` while capacity is off. */
  forecast(): Promise<ForecastAnswer>;
  crowd(): Promise<CrowdAnswer>;
  /** In the place of those who were there; null sends everybody away. */
  setCrowd(settings: CrowdBody): Promise<CrowdAnswer>;
}

export function playbackCalls(world: AdminAddress): PlaybackCalls {
  const { call, read, post, list } = callsTo(world);
  return {
    scenarios: () => list('/v1/scenarios'),
    playScenario: (name, request) => post(`/v1/scenarios/${encodeURIComponent(name)}/play`, request),
    playback: () => read('/v1/playback'),
    pausePlayback: (request) => post('/v1/playback/pause', request),
    resumePlayback: (request) => post('/v1/playback/resume', request),
    seekPlayback: (to, request = {}) => post('/v1/playback/seek', { ...request, to }),
    stopPlayback: (request) => post('/v1/playback/stop', request),
    capacity: () => read('/v1/capacity'),
    setCapacity: (body) => call({ method: 'PUT', path: '/v1/capacity', body }),
    forecast: () => read('/v1/capacity/forecast'),
    crowd: () => read('/v1/crowd'),
    setCrowd: (body) => call({ method: 'PUT', path: '/v1/crowd', body }),
  };
}
