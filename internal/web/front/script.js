// What pages do when there is JavaScript; every page works without. Each part
// looks for its own marker in the page and does nothing where it is missing.
import { leaveGuard } from "./leave.js";
import { steps } from "./viewer.js";
import { keys } from "./queue.js";
import { fresh } from "./fresh.js";

leaveGuard(document);
steps(document);
keys(document);
fresh(document);
