// The package's entry for tests that run Showstopper in a container.
import './base/require-node.ts';

export {
  ContainerNotReady,
  ShowstopperContainer,
  StartedShowstopperContainer,
} from './testing/showstopper-container.ts';
