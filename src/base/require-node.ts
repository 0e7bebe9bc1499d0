// Fails with a sentence on a Node that is too old; imported before anything that such a one cannot run.
import { complaintAbout } from './node-version.ts';

const complaint = complaintAbout(process.versions.node);
if (complaint !== undefined) throw new Error(complaint);
