// The text of --help.
export const HELP = `einmal-pin: the office on the command line

  einmal-pin cases import FILE.csv [--skip-bad]   open cases from a file; nothing of it if a row is bad
  einmal-pin cases list [--query TEXT] [--state STATE]
  einmal-pin cases show ID                        one case with its timeline
  einmal-pin cases reissue ID [--stolen]          a new PIN by post; the old one dies at once
  einmal-pin cases revoke ID [--reason REASON]    REASON: death, wrongAddressee, openedInError
  einmal-pin cases move ID FILE.json               a move: letters not yet posted go to the new address
  einmal-pin cases extend ID                      a letter posted late gets its days back
  einmal-pin letters print                        print every letter that waits
  einmal-pin letters run start [--release]        make and check every letter that waits; they leave when released
  einmal-pin letters run list                     the latest runs and how many letters wait
  einmal-pin letters run show|pause|resume|release|cancel RUN
                                                  cancel throws away what has not left, with its PINs, and orders it anew
  einmal-pin letters status FILE                  what the print centre says: printed, posted, spoiled, stopped
  einmal-pin letters returns FILE [--skip-bad]    letters that came back: their PINs are frozen, each case gets a task
  einmal-pin letters preview [--person REF] [--kind K] [--variant V] [--language L] [--out FILE.pdf]
                                                  a specimen to look at; nothing is registered, no office needed
  einmal-pin letters copy LETTER [--out FILE.pdf] what a letter said, without its PIN, as PDF/A for the archive
  einmal-pin letters check [FOLDER]               mistakes in letter templates and texts with file and line; no office needed
  einmal-pin inbox list [--state STATE]
  einmal-pin inbox show ID
  einmal-pin inbox export ID --out DIR            data, summary, receipt and documents with checksums
  einmal-pin form check [PATH...]                 mistakes in forms with line and column; no office needed
  einmal-pin form preview PATH [--prefill JSON] [--minutes N]
                                                  the form in the browser until Ctrl-C; no office needed
  einmal-pin doctor                               what runs and what is missing

ID is the id of a case or its reference (Aktenzeichen).
--json prints one JSON document, also for errors. --help prints this.
Exit code: 0 success, 1 refused or failed, 2 wrong arguments.
The office is found by EP_DATA_DIR (default: var in the folder of einmal-pin).
docs/cli.md describes every command and its JSON.`
