/**
 * Every machine as its table must be, written by hand and on purpose a second time: a change of a state table is a
 * change of what happens to money or to a notice, so it is made here too. `-` is refused. `final`: no edge leaves it.
 */
export const expected: Readonly<Record<string, { drawing: string; final: readonly string[] }>> = {
  // A settled bill is final, and yet a payment that is taken back opens it again.
  bill: {
    final: ['cancelled', 'writtenOff', 'handedBack'],
    drawing: `
                  issue   cancel     serve      fallDue  payInFull  payInBank  writeOff    handBack    conclude   settle   reopen  extend     extendUnserved  expire      unserve
      received    issued  cancelled  -          -        -          -          -           -           -          -        -       -          -               -           -
      issued      -       cancelled  delivered  overdue  paid       settled    writtenOff  handedBack  concluded  -        -       -          -               handedBack  -
      delivered   -       cancelled  delivered  overdue  paid       settled    writtenOff  handedBack  concluded  -        -       -          -               handedBack  issued
      overdue     -       cancelled  overdue    -        paid       settled    writtenOff  handedBack  -          -        -       delivered  issued          handedBack  issued
      paid        -       -          paid       -        -          -          -           -           -          settled  issued  -          -               -           -
      settled     -       -          -          -        -          -          -           -           -          -        issued  -          -               -           -
      cancelled   -       -          -          -        -          -          -           -           -          -        -       -          -               -           -
      writtenOff  -       -          -          -        -          -          -           -           -          -        -       -          -               -           -
      handedBack  -       -          -          -        -          -          -           -           -          -        -       -          -               -           -
      concluded   -       -          -          -        -          -          -           -           -          -        -       -          -               -           issued`,
  },
  delivery: {
    final: ['unreachable', 'recalled'],
    drawing: `
                   accept     deliver    read  findUnreachable  fail    stop     resume   recall    return
      sending      accepted   delivered  read  unreachable      failed  stopped  -        recalled  returned
      accepted     accepted   delivered  read  -                failed  -        -        recalled  returned
      delivered    delivered  delivered  read  -                -       -        -        -         returned
      read         read       read       read  -                -       -        -        -         -
      unreachable  -          -          -     -                -       -        -        -         -
      failed       -          delivered  read  -                -       -        -        -         -
      stopped      accepted   delivered  read  -                -       -        sending  recalled  returned
      recalled     -          -          -     -                -       -        -        -         -
      returned     -          -          read  -                -       -        -        -         -`,
  },
  checkout: {
    final: ['paid'],
    drawing: `
                 open  capture  fail    cancel     expire
      claimed    open  paid     failed  cancelled  expired
      open       open  paid     failed  cancelled  expired
      paid       -     -        -       -          -
      failed     -     paid     -       -          -
      cancelled  -     paid     -       -          -
      expired    -     paid     -       -          -`,
  },
  // Both ends of a payment that was taken back still bear its settlement, which may come after it.
  payment: {
    final: [],
    drawing: `
                settle    dispute   return    winDispute  winUnsettled  reverse
      captured  settled   disputed  returned  -           -             -
      settled   -         disputed  returned  -           -             -
      disputed  disputed  -         -         settled     captured      reversed
      reversed  reversed  -         -         -           -             -
      returned  returned  -         -         -           -             -`,
  },
  refund: {
    final: ['succeeded', 'declined'],
    drawing: `
                        submit     askAccount       takeBack   succeed    fail    awaitPayout     payOut     giveAccount  awaitApproval     approve    decline
      requested         submitted  awaitingAccount  succeeded  -          -       -               -          -            awaitingApproval  -          -
      submitted         submitted  awaitingAccount  -          succeeded  failed  awaitingPayout  -          -            -                 -          -
      succeeded         -          -                -          -          -       -               -          -            -                 -          -
      failed            -          -                -          -          -       -               -          requested    -                 -          -
      awaitingAccount   -          -                -          -          -       -               -          requested    -                 -          -
      awaitingPayout    -          awaitingAccount  -          -          -       -               succeeded  -            -                 -          -
      awaitingApproval  -          -                succeeded  -          -       -               -          -            -                 requested  declined
      declined          -          -                -          -          -       -               -          -            -                 -          -`,
  },
  objection: {
    final: ['upheld', 'partly', 'dismissed', 'withdrawn', 'overtaken'],
    drawing: `
                 uphold  upholdPartly  dismiss    withdraw   overtake
      filed      upheld  partly        dismissed  withdrawn  overtaken
      upheld     -       -             -          -          -
      partly     -       -             -          -          -
      dismissed  -       -             -          -          -
      withdrawn  -       -             -          -          -
      overtaken  -       -             -          -          -`,
  },
  line: {
    final: ['posted', 'dismissed', 'superseded', 'returned'],
    drawing: `
                  post    except     dismiss    supersede   sendBack   seeReturned
      received    posted  exception  -          superseded  -          -
      exception   posted  exception  dismissed  superseded  returning  -
      posted      -       -          -          -           -          -
      dismissed   -       -          -          -           -          -
      superseded  -       -          -          -           -          -
      returning   -       -          -          -           -          returned
      returned    -       -          -          -           -          -`,
  },
  batch: {
    final: [],
    drawing: `
                 upload     receive  issue    pause   resume   complete  cancel     rerun    undo     finishUndo
      created    uploading  -        -        -       -        -         cancelled  -        -        -
      uploading  uploading  ready    -        -       -        -         cancelled  -        -        -
      ready      -          -        issuing  -       -        -         cancelled  -        -        -
      issuing    -          -        -        paused  -        issued    cancelled  -        undoing  -
      paused     -          -        -        -       issuing  -         cancelled  -        undoing  -
      issued     -          -        -        -       -        -         -          issuing  undoing  -
      cancelled  -          -        -        -       -        -         -          -        undoing  -
      undoing    -          -        -        -       -        -         -          -        -        undone
      undone     -          -        -        -       -        -         -          -        undoing  -`,
  },
  row: {
    final: ['invalid', 'withdrawn'],
    drawing: `
                 refuse   issue   fail    retry     withdraw   keep
      received   invalid  issued  failed  -         -          -
      invalid    -        -       -       -         -          -
      issued     -        -       -       -         withdrawn  kept
      failed     -        -       -       received  -          -
      withdrawn  -        -       -       -         -          -
      kept       -        -       -       issued    -          -`,
  },
}
