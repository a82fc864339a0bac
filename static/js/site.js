/* Small comforts on top of forms and links that work without a script. The server decides;
   nothing here computes a result. The order is that in which the files hear of the same event. */
import "./requests.js";
import "./ahead.js";
import "./results.js";
import "./use_cases.js";
import "./waiting.js";
import "./evidence.js";
import "./over.js";
import "./buttons.js";
import "./received.js";
import "./roving.js";
import "./theme.js";
import "./visits.js";
