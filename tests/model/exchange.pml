/* Exchange, epoch and acknowledgement (sync.md 4.1, 5, 7.1), kept small: two laptops that write and read one feed, a
 * server that is backed up and restored, requests and answers that get lost, answers that arrive after a restore, and
 * a laptop that may be lost for good. tests/model/check runs it.
 *
 * Promises
 *   kept       what was acknowledged is at the server again once every living laptop is green, as long as one of
 *              them has it
 *   equal      green laptops hold the same
 *   no skip    nothing before a cursor was left out
 *   no resend  from some moment on nothing is sent any more, however often people sync (LTL)
 *
 * Wrong rules, one each by -D, that the promises must catch
 *   WRONG_OFFER    after a restore nothing is offered again
 *   WRONG_CURSOR   a new epoch leaves the cursor where it was
 *   WRONG_NEWEST   only the newest epoch's start is looked at, not the least of all later ones
 *   WRONG_SENT     sent counts as acknowledged
 *   WRONG_OWN      after a restore only own changes are offered, not what others wrote
 *   WRONG_AGAIN    every answer makes everything offered again
 */
#ifndef WRITES
#define WRITES 1   /* changes each laptop writes */
#endif
#ifndef LOSSES
#define LOSSES 1   /* requests and answers lost */
#endif
#ifndef RESTORES
#define RESTORES 2
#endif

#define ALL (2 * WRITES)
#define BIT(change) (1 << (change))
#define OWN(i) ((BIT(WRITES) - 1) << ((i) * WRITES))

/* The server: its log in order of intake, as numbers of changes. */
byte log[ALL];
byte length = 0;
byte in_log = 0;               /* the same as a set */
byte epoch = 0;
byte start[RESTORES + 1];      /* position at which each epoch began */
byte backup = 0;               /* length of the log in the last backup */

/* The laptops. Sets of changes are bits. */
byte has[2];                   /* held, own and read */
byte owed[2];                  /* to be sent in this epoch */
byte wrote[2];
byte cursor[2];
byte knows[2];                 /* epoch */
bool lost[2];

byte acknowledged = 0;         /* what any author was told the county keeps */
byte losses = 0;
bool sending = false;

#define GREEN(i) (knows[i] == epoch && cursor[i] == length && owed[i] == 0)

inline judge(i) {
  if
  :: knows[i] == epoch ->
     for (k : 0 .. (ALL - 1)) {
       if
       :: k < cursor[i] -> assert((has[i] & BIT(log[k])) != 0)     /* no skip */
       :: else
       fi
     }
  :: else
  fi;
  if
  :: (lost[0] || GREEN(0)) && (lost[1] || GREEN(1)) ->
     assert((acknowledged & (has[0] | has[1]) & ~in_log) == 0);    /* kept */
     assert(lost[0] || lost[1] || has[0] == has[1])                 /* equal */
  :: else
  fi;
  k = 0
}

/* The least change owed, ALL if none: a batch of one, so that work takes several exchanges. */
inline choose(i) {
  sent = 0;
  do
  :: sent < ALL && (owed[i] & BIT(sent)) == 0 -> sent++
  :: else -> break
  od
}

inline serve(i) {
  if
  :: sent < ALL && (in_log & BIT(sent)) == 0 ->
     log[length] = sent;
     length++;
     in_log = in_log | BIT(sent)
  :: else
  fi;
  answer_epoch = epoch;
  answer_kept = in_log & OWN(i);
  if
  :: sent < ALL -> answer_kept = answer_kept | BIT(sent)
  :: else
  fi;
  /* One entry of the feed, if the cursor means this epoch's log. */
  answer_entry = ALL;
  if
  :: knows[i] == epoch && cursor[i] < length -> answer_entry = log[cursor[i]]
  :: else
  fi;
  /* Where a laptop of an older epoch begins anew. */
  answer_start = length;
  k = knows[i];
  do
  :: k < epoch ->
     k++;
#ifdef WRONG_NEWEST
     answer_start = start[k]
#else
     if
     :: start[k] < answer_start -> answer_start = start[k]
     :: else
     fi
#endif
  :: else -> break
  od;
  k = 0
}

inline take(i) {
  if
  :: knows[i] != answer_epoch ->
     knows[i] = answer_epoch;
#ifndef WRONG_CURSOR
     if
     :: answer_start < cursor[i] -> cursor[i] = answer_start
     :: else
     fi;
#endif
#ifndef WRONG_OFFER
#ifdef WRONG_OWN
     owed[i] = has[i] & OWN(i)
#else
     owed[i] = has[i]
#endif
#else
     skip
#endif
  :: else ->
     if
     :: answer_entry < ALL ->
        has[i] = has[i] | BIT(answer_entry);
        cursor[i]++
     :: else
     fi
  fi;
  owed[i] = owed[i] & ~answer_kept;
  acknowledged = acknowledged | (answer_kept & OWN(i));
#ifdef WRONG_AGAIN
  owed[i] = has[i];
#endif
  judge(i)
}

active [2] proctype Laptop() {
  byte sent = ALL, answer_epoch, answer_kept, answer_entry, answer_start, k;
  byte i = _pid;
  do
  :: atomic { wrote[i] < WRITES ->
       has[i] = has[i] | BIT(i * WRITES + wrote[i]);
       owed[i] = owed[i] | BIT(i * WRITES + wrote[i]);
       wrote[i]++ }
  :: atomic { /* a sync: the request arrives, or does not */
       choose(i);
       sending = (sent < ALL);
#ifdef WRONG_SENT
       if
       :: sent < ALL -> owed[i] = owed[i] & ~BIT(sent); acknowledged = acknowledged | (BIT(sent) & OWN(i))
       :: else
       fi;
#endif
       if
       :: serve(i)
       :: losses < LOSSES -> losses++; sent = ALL; goto again
       fi };
     atomic { /* between the two the server may have been restored */
       if
       :: take(i)
       :: losses < LOSSES -> losses++
       fi;
       sent = ALL; answer_epoch = 0; answer_kept = 0; answer_entry = 0; answer_start = 0 }
  :: atomic { !lost[0] && !lost[1] -> lost[i] = true; has[i] = 0; owed[i] = 0; goto gone }
again: skip
  od;
gone: skip
}

active proctype Server() {
  byte k;
  do
  :: atomic { backup != length -> backup = length }
  :: atomic { epoch < RESTORES ->
       epoch++;
       length = backup;
       start[epoch] = length;
       in_log = 0;
       for (k : 0 .. (ALL - 1)) {
         if
         :: k < length -> in_log = in_log | BIT(log[k])
         :: else -> log[k] = 0
         fi
       }
       k = 0 }
  od
}

ltl no_resend { <> [] !sending }
