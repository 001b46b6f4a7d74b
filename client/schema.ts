// Made by "npm run client" from the API's own description: change the endpoints, not this file.
// Where two branches changed it, take either side and make it again.
export interface paths {
    "/v1/bills": {
        parameters: {
        };
        /**
         * List bills
         * @description The newest first. `stage` and `dueAt` are those of the last time the engine looked at the bill; everything else is as it is now.
         *
         *     Eventually consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listBills"];
        /**
         * Receive a bill or a notice
         * @description Records the bill and starts its life: it is issued, delivered, reminded and, where it asks for money, collected as its policy says.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["createBill"];
    };
    "/v1/bills/{id}": {
        parameters: {
        };
        /**
         * Read a bill
         * @description Where the bill stands: its sums, deliveries, payments and refunds, and what happens next.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getBill"];
    };
    "/v1/bills/{id}/events": {
        parameters: {
        };
        /**
         * Read a bill's log
         * @description Everything that happened to the bill, the oldest first. Nothing in it is ever changed or taken out, and each entry is chained to the one before.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listBillEvents"];
    };
    "/v1/bills/{id}/forecast": {
        parameters: {
        };
        /**
         * See what will happen to a bill
         * @description Every future step with its date if nobody does anything: no notice read, no payment, no settlement. It is the plan that the engine follows, asked ahead.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getBillForecast"];
    };
    "/v1/bills/{id}/cancel": {
        parameters: {
        };
        /**
         * Cancel a bill that should not be
         * @description What is still owed is cancelled, reminders stop, and a payment that is under way goes back to the citizen by itself.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["cancelBill"];
    };
    "/v1/bills/{id}/pause": {
        parameters: {
        };
        /**
         * Pause a bill's clocks
         * @description Stops the clocks that the policy lists, for an objection or a hearing. Nothing of them happens until the bill is resumed, and no day is lost.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["pauseBill"];
    };
    "/v1/bills/{id}/resume": {
        parameters: {
        };
        /**
         * Let a bill's clocks go on
         * @description Every date moves by exactly the time of the pause.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["resumeBill"];
    };
    "/v1/bills/{id}/write-off": {
        parameters: {
        };
        /**
         * Give up what is still owed
         * @description For a rightful bill that will not be collected. What was paid stays with the institution.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["writeOffBill"];
    };
    "/v1/bills/{id}/extend": {
        parameters: {
        };
        /**
         * Give more time to pay
         * @description Moves the due date later, never earlier; reminders and the end of patience follow it. An overdue bill whose new date lies ahead is no longer overdue. The citizen sees the new date and the reason.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["extendBill"];
    };
    "/v1/bills/{id}/amend": {
        parameters: {
        };
        /**
         * Correct a bill that is not paid in full
         * @description Changes the amount, the due date or the details, and keeps the revision before. Whoever was shown the old figures is served anew, and a payment page over the old amount is ended. Surcharges on what was too much are taken back with it, and what is paid beyond what the bill then asks for goes by its policy (`onExcess`).
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["amendBill"];
    };
    "/v1/bills/{id}/objections": {
        parameters: {
        };
        /**
         * Record an objection that came to your counter
         * @description Stops the clocks of the bill that its policy lists until the objection is decided. Citizens object on the pages by themselves.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["createObjection"];
    };
    "/v1/objections": {
        parameters: {
        };
        /**
         * List objections
         * @description The newest first, without what the citizens wrote. `state=filed` are those that wait for a decision.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listObjections"];
    };
    "/v1/objections/{id}": {
        parameters: {
        };
        /**
         * Read an objection
         * @description With the citizen's own words.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getObjection"];
    };
    "/v1/objections/{id}/events": {
        parameters: {
        };
        /**
         * Read what happened to an objection
         * @description The entries of its bill's log that are about it, the oldest first. The citizen's own words are never in them.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listObjectionEvents"];
    };
    "/v1/objections/{id}/decide": {
        parameters: {
        };
        /**
         * Decide an objection
         * @description The clocks of the bill go on with exactly the time that was left. What was paid on a bill that is then cancelled stays paid, unless you refund it; what is paid beyond a lower amount and its surcharges goes by the policy (`onExcess`).
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["decideObjection"];
    };
    "/v1/batches": {
        parameters: {
        };
        /**
         * List batches
         * @description The newest first. `counts` are those of the last time that the engine counted; the batch itself has them as they are now.
         *
         *     Eventually consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listBatches"];
        /**
         * Make a batch of bills
         * @description It waits for its file: upload that with `PUT /v1/batches/{id}/rows`, look at `preview` and the rows that were refused, then `issue` it. Nothing is sent to anybody before that. How the file is read is said by a `mapping`, or by the `mappingName` of a stored one.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["createBatch"];
    };
    "/v1/batches/{id}/rows": {
        parameters: {
        };
        /**
         * List the rows of a batch
         * @description In the file's order, each with what is wrong with it or with its bill.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listBatchRows"];
        /**
         * Upload the file of a batch
         * @description The body is the file itself, CSV or an Excel workbook, of up to 256 MiB and 1,048,576 rows; it streams, with or without a length. Each row is checked as a bill of its own would be and kept with what is wrong with it. Send it again after a lost answer or a cut connection: the same file is the same upload, and one that was cut off has left nothing that counts.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        put: operations["putBatchRows"];
    };
    "/v1/batches/{id}": {
        parameters: {
        };
        /**
         * Read a batch
         * @description Where it stands, and how many of its rows are in which state.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getBatch"];
    };
    "/v1/batches/{id}/preview": {
        parameters: {
        };
        /**
         * See what a batch would do
         * @description The dry run: nothing is issued. How many rows are valid, what they ask for, what their notices would cost on which channel, and the calendar of notices, reminders and due dates, which is the plan of every bill asked ahead.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getBatchPreview"];
    };
    "/v1/batches/{id}/results.csv": {
        parameters: {
        };
        /**
         * Download what became of each row
         * @description A CSV file in UTF-8 with a byte order mark, in the order of the batch's own file; a row with several problems has a line for each. A cell that a spreadsheet would take for a formula begins with an apostrophe.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getBatchResults"];
    };
    "/v1/batches/{id}/events": {
        parameters: {
        };
        /**
         * Read a batch's log
         * @description Everything that happened to the batch, the oldest first. Nothing in it is ever changed or taken out, and each entry is chained to the one before.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listBatchEvents"];
    };
    "/v1/batches/{id}/issue": {
        parameters: {
        };
        /**
         * Issue the bills of a batch
         * @description Its rows become bills one after the other, at the pace at which the workers issue them. Read the batch for how far it is.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["issueBatch"];
    };
    "/v1/batches/{id}/pause": {
        parameters: {
        };
        /**
         * Pause a batch
         * @description No further row becomes a bill until it is resumed. Bills that are there go on.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["pauseBatch"];
    };
    "/v1/batches/{id}/resume": {
        parameters: {
        };
        /**
         * Resume a batch
         * @description It goes on where it was paused.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["resumeBatch"];
    };
    "/v1/batches/{id}/cancel": {
        parameters: {
        };
        /**
         * Cancel a batch
         * @description No further row becomes a bill, for good. Bills that are there stay and go on; `undo` takes them back.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["cancelBatch"];
    };
    "/v1/batches/{id}/rerun": {
        parameters: {
        };
        /**
         * Run again what failed
         * @description Only rows that are `failed` have another turn, once what they failed for is put right.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["rerunBatch"];
    };
    "/v1/batches/{id}/undo": {
        parameters: {
        };
        /**
         * Take a wrong batch back
         * @description Every bill of it that nobody has paid any of is cancelled, and a payment that is under way goes back by itself. Bills that were paid, or have ended otherwise, stay: their rows are `kept` and say why.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["undoBatch"];
    };
    "/v1/institutions/{id}/mappings/{name}": {
        parameters: {
        };
        /**
         * Read how files of bills are read
         * @description The mapping with every field, those that were left out too. Who set it when stands in the log of the institution.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getMapping"];
        /**
         * Store how files of bills are read
         * @description Batches made from now on may name it as their `mappingName`; those that are there keep what they were made with. Setting what is set already changes nothing, so this needs no Idempotency-Key.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        put: operations["putMapping"];
        /**
         * Do away with a stored mapping
         * @description Batches that were made with it keep their copy. Repeated, it is not found any more, so this needs no Idempotency-Key.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        delete: operations["deleteMapping"];
    };
    "/v1/institutions/{id}/mappings": {
        parameters: {
        };
        /**
         * List an institution's mappings
         * @description How its files of bills are read, by name.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listMappings"];
    };
    "/v1/deliveries": {
        parameters: {
        };
        /**
         * List notices and reminders
         * @description The newest first. `state=returned` lists the letters that came back.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listDeliveries"];
    };
    "/v1/deliveries/{id}": {
        parameters: {
        };
        /**
         * Read a notice or reminder
         * @description What became of one notice on one channel.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getDelivery"];
    };
    "/v1/deliveries/{id}/events": {
        parameters: {
        };
        /**
         * Read what happened to a notice or reminder
         * @description The entries of its bill's log that name its `key`, the oldest first.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listDeliveryEvents"];
    };
    "/v1/deliveries/{id}/resend": {
        parameters: {
        };
        /**
         * Send again what came back
         * @description Another delivery follows, under a key of its own, and the task is done. A new address is kept as the contact of the citizen, and their other returned letters are sent there too.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["resendDelivery"];
    };
    "/v1/delivery-reports": {
        parameters: {
        };
        /**
         * Hand in a channel's file of receipts
         * @description For channels whose counterpart writes files, such as a print house. The file is taken whole or refused whole. A line that came before, also in another file, changes nothing.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        post: operations["createDeliveryReport"];
    };
    "/v1/contacts": {
        parameters: {
        };
        /**
         * Give a citizen's new address
         * @description For a person of whom you have a bill. An address that another institution gave, and from which nothing came back, is not replaced. What came back from the older one is sent again.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["setContact"];
    };
    "/v1/checkouts": {
        parameters: {
        };
        /**
         * List checkouts
         * @description The newest first. An institution sees those whose bills are all its own.
         *
         *     Strongly consistent.
         *
         *     Scope: `checkouts:write` or `bills:read` (or `operator`).
         */
        get: operations["listCheckouts"];
        /**
         * Start one payment of one or many bills
         * @description Holds the bills and asks the gateway for a payment page. Bills that an older, unpaid checkout holds are taken over once the gateway has confirmed that nothing can be paid there any more. A repetition with the same key answers the same checkout as it is now.
         *
         *     Strongly consistent.
         *
         *     Scope: `checkouts:write` (or `operator`).
         */
        post: operations["createCheckout"];
    };
    "/v1/checkouts/{id}": {
        parameters: {
        };
        /**
         * Read a checkout
         * @description An institution sees a checkout whose bills are all its own.
         *
         *     Strongly consistent.
         *
         *     Scope: `checkouts:write` or `bills:read` (or `operator`).
         */
        get: operations["getCheckout"];
    };
    "/v1/checkouts/{id}/events": {
        parameters: {
        };
        /**
         * Read what happened to a checkout
         * @description The entries of its bills' logs that are about it and about the payment that came of it, the oldest first.
         *
         *     Strongly consistent.
         *
         *     Scope: `checkouts:write` or `bills:read` (or `operator`).
         */
        get: operations["listCheckoutEvents"];
    };
    "/v1/checkouts/{id}/cancel": {
        parameters: {
        };
        /**
         * End a checkout that is not paid
         * @description Answers once the gateway has confirmed that nothing can be paid there any more, and lets the bills go. A checkout that ended unpaid already stays as it is.
         *
         *     Strongly consistent.
         *
         *     Scope: `checkouts:write` (or `operator`).
         */
        post: operations["cancelCheckout"];
    };
    "/v1/bills/{id}/refunds": {
        parameters: {
        };
        /**
         * Give back what was paid on a bill
         * @description All or a part, any number of times, never more than was paid: what is requested and under way counts. One refund is made of each payment that is touched. Where it comes to more than the institution leaves to one person (`approvalAbove`), it waits in `awaitingApproval` for a second one. The gateway is asked at once; after a settlement it is netted from the next one. Where the gateway has no way back, the citizen is asked for an account.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["createRefunds"];
    };
    "/v1/refunds": {
        parameters: {
        };
        /**
         * List refunds
         * @description The newest first. `state=awaitingAccount` and `state=awaitingPayout` are those that wait for a person.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listRefunds"];
    };
    "/v1/refunds/{id}": {
        parameters: {
        };
        /**
         * Read a refund
         * @description Where it stands, and whether a person has to do something.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getRefund"];
    };
    "/v1/refunds/{id}/events": {
        parameters: {
        };
        /**
         * Read what happened to a refund
         * @description The entries of its bill's log that are about it, the oldest first. The account that it goes to is never in them.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listRefundEvents"];
    };
    "/v1/refunds/{id}/account": {
        parameters: {
        };
        /**
         * Say where a refund may go
         * @description For a refund in `awaitingAccount`, from whoever speaks with the citizen; the citizen can say it on the pages too. It is kept apart, shown masked, and erased once the money is there.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["giveRefundAccount"];
    };
    "/v1/refunds/{id}/payout": {
        parameters: {
        };
        /**
         * Say that a refund was paid out
         * @description For a refund in `awaitingPayout`: its gateway pays to no accounts, so a person made the transfer. It is booked out of the bank.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["payOutRefund"];
    };
    "/v1/refunds/{id}/refuse-account": {
        parameters: {
        };
        /**
         * Say that the account of a refund is none
         * @description For a refund in `awaitingPayout` whose transfer the bank refused: the account is erased and the citizen is asked again.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["refuseRefundAccount"];
    };
    "/v1/refunds/{id}/approve": {
        parameters: {
        };
        /**
         * Agree to a refund as the second person
         * @description For a refund in `awaitingApproval`, by another key of the institution than the one that ordered it. It then goes back like any other.
         *
         *     Strongly consistent.
         *
         *     Scope: `refunds:approve` (or `operator`).
         */
        post: operations["approveRefund"];
    };
    "/v1/refunds/{id}/decline": {
        parameters: {
        };
        /**
         * Decline a refund as the second person
         * @description For a refund in `awaitingApproval`, by another key of the institution than the one that ordered it. Nothing goes back: the money stays with its bill, or is kept as it was.
         *
         *     Strongly consistent.
         *
         *     Scope: `refunds:approve` (or `operator`).
         */
        post: operations["declineRefund"];
    };
    "/v1/payments": {
        parameters: {
        };
        /**
         * List payments
         * @description Money that came in for your bills, by any rail, the newest first.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listPayments"];
    };
    "/v1/payments/{id}": {
        parameters: {
        };
        /**
         * Read a payment
         * @description What it paid of your bills, what went back, and whether it is settled, disputed or taken back.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getPayment"];
    };
    "/v1/payments/{id}/events": {
        parameters: {
        };
        /**
         * Read what happened to a payment
         * @description The entries of your bills' logs that are about it, its refunds, and what of it was kept, the oldest first. Its part for bills of others is not told.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listPaymentEvents"];
    };
    "/v1/excesses": {
        parameters: {
        };
        /**
         * List money that no bill could take
         * @description What was paid too much and was kept by the policy (`hold`, `offset`), the newest first.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listExcesses"];
    };
    "/v1/excesses/{id}": {
        parameters: {
        };
        /**
         * Read money that no bill could take
         * @description How much of it is left, and where the rest went.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getExcess"];
    };
    "/v1/excesses/{id}/events": {
        parameters: {
        };
        /**
         * Read what happened to money that no bill could take
         * @description The entries of its bill's log, and of the logs of bills that took of it, that are about it and its refunds, the oldest first.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listExcessEvents"];
    };
    "/v1/excesses/{id}/refund": {
        parameters: {
        };
        /**
         * Give kept money back to the citizen
         * @description A refund is made of it, which the gateway is asked for at once.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["refundExcess"];
    };
    "/v1/excesses/{id}/allocate": {
        parameters: {
        };
        /**
         * Give kept money to a bill
         * @description To an open bill of the same citizen, institution and currency, as far as it owes something.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:write` (or `operator`).
         */
        post: operations["allocateExcess"];
    };
    "/v1/institutions": {
        parameters: {
        };
        /**
         * List institutions
         * @description The newest first. An institution sees itself.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listInstitutions"];
        /**
         * Take in an institution
         * @description Records the institution and makes its first API key, in the mode (test or live) of the caller's key. The key is shown this once.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        post: operations["createInstitution"];
    };
    "/v1/institutions/{id}": {
        parameters: {
        };
        /**
         * Read an institution
         * @description An institution sees itself.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getInstitution"];
    };
    "/v1/institutions/{id}/events": {
        parameters: {
        };
        /**
         * Read an institution's log
         * @description Everything that happened to the institution, the oldest first. Nothing in it is ever changed or taken out, and each entry is chained to the one before.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listInstitutionEvents"];
    };
    "/v1/institutions/{id}/approval": {
        parameters: {
        };
        /**
         * Set above what a refund needs a second person
         * @description Refunds of one bill that persons order are counted together; one that brings them above this waits until another key of the institution, with the scope `refunds:approve`, agrees. Those that wait already still do. Setting what is set already changes nothing, so this needs no Idempotency-Key.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        put: operations["setApproval"];
    };
    "/v1/institutions/{id}/policies/{name}": {
        parameters: {
        };
        /**
         * Read the policy of one kind of bill
         * @description Its newest version, which counts for bills received now, or the one that is asked for. What was set when stands in the log of the institution.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["getPolicy"];
        /**
         * Set the policy of one kind of bill
         * @description Adds a version, which counts for bills received from now on; bills keep the version they were received under. Setting what is set already changes nothing, so this needs no Idempotency-Key.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        put: operations["putPolicy"];
    };
    "/v1/institutions/{id}/policies": {
        parameters: {
        };
        /**
         * List an institution's policies
         * @description Each in its newest version, by name.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listPolicies"];
    };
    "/v1/institutions/{id}/policies/{name}/versions": {
        parameters: {
        };
        /**
         * List the versions of a policy
         * @description The newest first. A version never changes, and bills keep the one they were received under.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["listPolicyVersions"];
    };
    "/v1/institutions/{id}/policies/{name}/forecast": {
        parameters: {
        };
        /**
         * See what a policy would do with a bill
         * @description Every step of a sample bill with its date if nobody did anything: no notice read, no payment. It is the plan that the engine follows; nothing is recorded or sent.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` (or `operator`).
         */
        get: operations["rehearsePolicy"];
    };
    "/v1/institutions/{id}/keys": {
        parameters: {
        };
        /**
         * Make another key for an institution
         * @description In the mode (test or live) of the caller's key. Keys made before stay in force, so that a key can be replaced without a pause. The key is shown this once.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        post: operations["createKey"];
    };
    "/v1/keys": {
        parameters: {
        };
        /**
         * List keys
         * @description The newest first, in the mode (test or live) of the caller's key; never their secrets.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        get: operations["listKeys"];
    };
    "/v1/keys/{id}": {
        parameters: {
        };
        /**
         * Read a key
         * @description Whose it is, what it may do and whether it is in force; never its secret.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        get: operations["getKey"];
    };
    "/v1/keys/{id}/events": {
        parameters: {
        };
        /**
         * Read a key's log
         * @description Everything that happened to the key, the oldest first. Nothing in it is ever changed or taken out, and each entry is chained to the one before.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        get: operations["listKeyEvents"];
    };
    "/v1/keys/{id}/revoke": {
        parameters: {
        };
        /**
         * End a key
         * @description At once and for good. Ending it again changes nothing.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        post: operations["revokeKey"];
    };
    "/v1/statements": {
        parameters: {
        };
        /**
         * List settlement files
         * @description The newest first, with how many lines are booked and how many are exceptions.
         *
         *     Strongly consistent.
         *
         *     Scope: `statements:write` (or `operator`).
         */
        get: operations["listStatements"];
        /**
         * Hand in a gateway's settlement file or a bank's statement
         * @description A gateway's file as JSON, or as `text/plain` with `?gateway=`; a bank's camt.053 or camt.054 as `application/xml`, up to 512 MiB, in any encoding that it declares. The file is read whole or refused whole; then its lines are booked and what no rule places becomes an exception. A line that another file brought is not booked again. The same file again is the same statement. Read the statement for how far it is.
         *
         *     Eventually consistent.
         *
         *     Scope: `statements:write` (or `operator`).
         */
        post: operations["createStatement"];
    };
    "/v1/statements/{id}": {
        parameters: {
        };
        /**
         * Read a settlement file
         * @description How many of its lines are booked, and those that nobody could place, with their reason, age and owner.
         *
         *     Strongly consistent.
         *
         *     Scope: `statements:write` (or `operator`).
         */
        get: operations["getStatement"];
    };
    "/v1/statements/{id}/lines": {
        parameters: {
        };
        /**
         * List a statement's lines
         * @description In the file's order, with what each turned out to be. Lines that an earlier file had brought are there.
         *
         *     Strongly consistent.
         *
         *     Scope: `statements:write` (or `operator`).
         */
        get: operations["listStatementLines"];
    };
    "/v1/statements/{id}/events": {
        parameters: {
        };
        /**
         * Read a statement's log
         * @description Everything that happened to the statement, the oldest first. Nothing in it is ever changed or taken out, and each entry is chained to the one before.
         *
         *     Strongly consistent.
         *
         *     Scope: `statements:write` (or `operator`).
         */
        get: operations["listStatementEvents"];
    };
    "/v1/exceptions": {
        parameters: {
        };
        /**
         * List what somebody has to look at
         * @description The oldest first: lines of statements that no rule places, settlements that did not come, refunds without a way back. A key of an institution sees those of its bills.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` or `statements:write` (or `operator`).
         */
        get: operations["listExceptions"];
    };
    "/v1/exceptions/{id}": {
        parameters: {
        };
        /**
         * Read an exception
         * @description What it is about, since when and whose it is, and bills that the money of a line may be for.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` or `statements:write` (or `operator`).
         */
        get: operations["getException"];
    };
    "/v1/exceptions/{id}/events": {
        parameters: {
        };
        /**
         * Read an exception's log
         * @description Everything that happened to the exception, the oldest first. Nothing in it is ever changed or taken out, and each entry is chained to the one before.
         *
         *     Strongly consistent.
         *
         *     Scope: `bills:read` or `statements:write` (or `operator`).
         */
        get: operations["listExceptionEvents"];
    };
    "/v1/exceptions/{id}/assign": {
        parameters: {
        };
        /**
         * Say who looks after an exception
         * @description A person or a team, in your own words. Its age goes on.
         *
         *     Strongly consistent.
         *
         *     Scope: `statements:write` (or `operator`).
         */
        post: operations["assignException"];
    };
    "/v1/exceptions/{id}/match": {
        parameters: {
        };
        /**
         * Place the line of an exception
         * @description Money that came into the bank becomes a payment of the bill, as if it had named it. A gateway's line settles the payment that it should have named; one whose payment the books do not know, because they were put back from an older copy, becomes a payment of the bill with `paidAt` and `method`.
         *
         *     Strongly consistent.
         *
         *     Scope: `statements:write` (or `operator`).
         */
        post: operations["matchException"];
    };
    "/v1/exceptions/{id}/refund": {
        parameters: {
        };
        /**
         * Send money back to its payer
         * @description Only for money in the bank that nobody can place. Transfer it to the account it came from, with `returnReference`; the exception ends when the bank’s statement shows that transfer.
         *
         *     Strongly consistent.
         *
         *     Scope: `statements:write` (or `operator`).
         */
        post: operations["refundException"];
    };
    "/v1/exceptions/{id}/dismiss": {
        parameters: {
        };
        /**
         * Put an exception away
         * @description Nothing is done about it; the reason stands in the log. Money in suspense stays there.
         *
         *     Strongly consistent.
         *
         *     Scope: `statements:write` (or `operator`).
         */
        post: operations["dismissException"];
    };
    "/v1/reports": {
        parameters: {
        };
        /**
         * Sum up bills, payments and settlements
         * @description About the bills received in a period, by institution, as of one moment. Always issued + surcharged - reduced = paid - refunded + written_off + cancelled + outstanding. Money that a bill never took and that went back (paid twice, cancelled meanwhile) counts as paid and as refunded.
         *
         *     Strongly consistent.
         *
         *     Scope: `reports:read` (or `operator`).
         */
        get: operations["getReport"];
    };
    "/v1/events": {
        parameters: {
        };
        /**
         * Read an institution's events
         * @description Everything that webhooks tell, from the beginning, the oldest first and in order within each bill. Keep `nextCursor` and ask again with it whenever you like, in seconds or in years: nothing is ever left out, also not what commits late, and nothing is ever thrown away. A key of the platform names the institution.
         *
         *     Strongly consistent.
         *
         *     Scope: `events:read` or `webhooks:write` (or `operator`).
         */
        get: operations["listEvents"];
    };
    "/v1/webhook-endpoints": {
        parameters: {
        };
        /**
         * List webhook endpoints
         * @description The newest first, each with how much waits there, since when, and its last error.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        get: operations["listWebhookEndpoints"];
        /**
         * Have events sent to an address
         * @description Every event of the institution's bills from now on, in order within each bill, signed by Standard Webhooks with the secret of this answer. An event counts as delivered once the address answers 2xx within 20 seconds; until then it is repeated for four weeks under the same `webhook-id`. 410 disables the endpoint. Redirects are not followed.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        post: operations["createWebhookEndpoint"];
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
        };
        /**
         * Read a webhook endpoint
         * @description With the age of what is not delivered yet, and the last error.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        get: operations["getWebhookEndpoint"];
        /**
         * Change a webhook endpoint
         * @description Its address, what it hears of, and its description. What is not delivered yet goes to the new address, at once.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        put: operations["updateWebhookEndpoint"];
    };
    "/v1/webhook-endpoints/{id}/disable": {
        parameters: {
        };
        /**
         * Send nothing to an endpoint for now
         * @description Nothing is lost: enabled again, it gets what happened meanwhile.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        post: operations["disableWebhookEndpoint"];
    };
    "/v1/webhook-endpoints/{id}/enable": {
        parameters: {
        };
        /**
         * Go on sending to an endpoint
         * @description It gets everything that happened while it was disabled, in order.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        post: operations["enableWebhookEndpoint"];
    };
    "/v1/webhook-endpoints/{id}/delete": {
        parameters: {
        };
        /**
         * Do away with an endpoint
         * @description For good: nothing more is sent, its secrets are erased, and it is in no list any more. What was sent stays recorded.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        post: operations["deleteWebhookEndpoint"];
    };
    "/v1/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
        };
        /**
         * Give an endpoint a new secret
         * @description Until `oldUntil` every webhook carries two signatures, by the new and by the old secret, so that the receiver can change over without a gap. A secret that was rotated out before ends at once. 0 hours ends the old one now, for one that has leaked.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        post: operations["rotateWebhookSecret"];
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
        };
        /**
         * Send a ping to an endpoint
         * @description At once, signed as every webhook, of the type `webhook.ping`, and answers what came of it within 5 seconds. It stands in no list and changes nothing, so it may be sent to a disabled endpoint too. A request that is repeated pings again.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        post: operations["testWebhookEndpoint"];
    };
    "/v1/webhook-endpoints/{id}/redeliver": {
        parameters: {
        };
        /**
         * Send events again
         * @description One event, or everything since a time, also what happened before the endpoint was made. They carry the ids that they had before, and come in order within each bill.
         *
         *     Eventually consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        post: operations["redeliverWebhooks"];
    };
    "/v1/webhook-endpoints/{id}/deliveries": {
        parameters: {
        };
        /**
         * List an endpoint's events
         * @description The newest first, with what became of each.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        get: operations["listWebhookDeliveries"];
    };
    "/v1/webhook-endpoints/{id}/attempts": {
        parameters: {
        };
        /**
         * List the calls to an endpoint
         * @description The newest first. Each is written before the call: one that is under way has neither status nor error.
         *
         *     Strongly consistent.
         *
         *     Scope: `webhooks:write` (or `operator`).
         */
        get: operations["listWebhookAttempts"];
    };
    "/webhooks/channel/{name}": {
        parameters: {
        };
        /**
         * Take receipts from a channel
         * @description Verified over its raw bytes by the channel's adapter, recorded once by the provider's own event ids together with their effect, and answered after the commit.
         *
         *     Strongly consistent.
         */
        post: operations["receiveChannelWebhook"];
    };
    "/webhooks/gateway/{name}": {
        parameters: {
        };
        /**
         * Take word from a gateway
         * @description Its body is never believed: the payment's run is told to ask the gateway itself. A refund under way asks by itself anyway.
         *
         *     Strongly consistent.
         */
        post: operations["receiveGatewayWebhook"];
    };
    "/v1/providers": {
        parameters: {
        };
        /**
         * List channels and gateways
         * @description Those of this deployment, and which of them an operator has stopped.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        get: operations["listProviders"];
    };
    "/v1/providers/{kind}/{name}": {
        parameters: {
        };
        /**
         * Read a channel or gateway
         * @description Whether this deployment has it, and whether an operator has stopped it.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        get: operations["getProvider"];
    };
    "/v1/providers/{kind}/{name}/events": {
        parameters: {
        };
        /**
         * Read the log of a channel or gateway
         * @description Who stopped and resumed it, when and why, the oldest first. Each entry is chained to the one before.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        get: operations["listProviderEvents"];
    };
    "/v1/providers/{kind}/{name}/stop": {
        parameters: {
        };
        /**
         * Stop a channel or gateway
         * @description No notice, payment page or refund order goes to it from now on, of test and of live bills. What it has already is asked for and finished; webhooks are taken. Sends and refunds wait, also over workers’ restarts. Stopping it again changes nothing.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        post: operations["stopProvider"];
    };
    "/v1/providers/{kind}/{name}/resume": {
        parameters: {
        };
        /**
         * Let a channel or gateway go on
         * @description What waited goes on by itself, within ten minutes. Resuming what runs changes nothing.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        post: operations["resumeProvider"];
    };
    "/healthz": {
        parameters: {
        };
        /**
         * Is the process alive?
         * @description Asks nothing of anything else: a process that answers needs no restart.
         *
         *     Strongly consistent.
         */
        get: operations["getHealth"];
    };
    "/readyz": {
        parameters: {
        };
        /**
         * Can requests be taken?
         * @description Names what does not answer. Without the database nothing can be answered. Without the engine commands and webhooks still are: they stand in the database and the engine hears of them when it is back, so the process stays in service.
         *
         *     Strongly consistent.
         */
        get: operations["getReadiness"];
    };
    "/v1/diagnosis": {
        parameters: {
        };
        /**
         * See what is wrong with the deployment
         * @description Looks at database, schema, Temporal, workers, sweep, backlog, ledger, the invariants of the books, the newest logs, channels, gateways, clocks and disk, and says what to do about each. Changes nothing.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        get: operations["getDiagnosis"];
    };
    "/v1/diagnosis/logs": {
        parameters: {
        };
        /**
         * Verify the chains of the logs
         * @description Recomputes every hash of the next logs, those of bills also against the heads that the bills keep; after the last log it looks for bills whose log is gone. `limit` counts logs.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        get: operations["verifyLogs"];
    };
    "/v1/diagnosis/runs": {
        parameters: {
        };
        /**
         * Compare the runs in Temporal with the books
         * @description Finds what a restore of one of the two leaves behind. First every open run is looked at, then every open bill, then every checkout that has not ended. `limit` counts what is looked at. What changed within half a minute is left out.
         *
         *     Eventually consistent.
         *
         *     Scope: `operator`.
         */
        get: operations["compareRuns"];
    };
    "/v1/diagnosis/repairs": {
        parameters: {
        };
        /**
         * Have bills and checkouts looked at now
         * @description Wakes the run of each, starting those that are not there. Runs decide by the books, and ask gateways and channels under the keys that these know: nothing is charged, given back or sent a second time. Doing it again does no harm.
         *
         *     Eventually consistent.
         *
         *     Scope: `operator`.
         */
        post: operations["repairRuns"];
    };
    "/v1/diagnosis/restores": {
        parameters: {
        };
        /**
         * Say that the books were put back from an older copy
         * @description Call it before the workers start again. From then on channels and gateways are asked about whatever was due before, instead of being told to do it; a letter by mail that may have gone out already is marked as a possible duplicate; and the feed of events goes on behind the places that institutions have read.
         *
         *     Strongly consistent.
         *
         *     Scope: `operator`.
         */
        post: operations["recordRestore"];
    };
    "/openapi.json": {
        parameters: {
        };
        /**
         * Read this description
         * @description OpenAPI 3.1, made from the same schemas that check every request. /docs shows it.
         *
         *     Strongly consistent.
         */
        get: operations["getOpenapi"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        NewBill: {
            /** @description The institution's own number, unique within it. */
            billNumber: string;
            /** @description Name of the policy; the bill keeps its newest version for good. */
            policy: string;
            title: string;
            /** @default [] */
            details?: {
                label: string;
                value: string;
            }[];
            /** @description Null for a notice that asks for no money. */
            amount: components["schemas"]["Money"] | null;
            /** @description Only where `amount` is null; the institution's currency otherwise. */
            currency?: string;
            /**
             * Format: date
             * @description Fixes the due date; otherwise the policy counts one.
             */
            dueDate?: string;
            /**
             * Format: date
             * @description The last day on which the bill may be paid here; it never ends before the due date. Otherwise the policy says.
             */
            validUntil?: string;
            /**
             * Format: date-time
             * @description Nothing is sent before; at once where nothing is said.
             */
            issueAt?: string;
            /** @description Fills gaps only: what is known of a citizen already is never overwritten by a bill. */
            citizen: {
                /** @description What tells this person from every other, the same from every institution. Only a keyed hash of it is kept. */
                identifier: string;
                name?: string;
                /**
                 * @description Language of the citizen's notices and pages.
                 * @enum {string}
                 */
                language: "ko" | "en";
                /** @description Where the person lives: quiet hours are kept by this time zone, and by the institution's where nothing is said. */
                zone?: string;
                contacts: {
                    channel: string;
                    /** @description The citizen's address on the channel, in the channel's own form. */
                    address: string;
                }[];
            };
        };
        Money: {
            /** @description Decimal string with exactly the digits of its currency: "12500" in KRW, "11.60" in GBP. Never a number, never rounded. */
            amount: string;
            /**
             * @description ISO 4217 code.
             * @enum {string}
             */
            currency: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XCG" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | "ZWG";
        };
        Order: {
            /** @description Kept in the bill's log for good: no personal data. */
            reason: string;
        };
        Extension: {
            /**
             * Format: date
             * @description The last day to pay in time from now on; later than the one before.
             */
            dueDate: string;
            /** @description Kept in the bill's log for good: no personal data. */
            reason: string;
        };
        Amendment: {
            /** @description What the bill asks for itself, without surcharges and reductions. */
            amount?: components["schemas"]["Money"];
            /**
             * Format: date
             * @description Never earlier than a date that the citizen was shown.
             */
            dueDate?: string;
            details?: {
                label: string;
                value: string;
            }[];
            /** @description Kept in the bill's log for good: no personal data. */
            reason: string;
        };
        NewObjection: {
            /** @description The citizen's own words. Kept apart from the log, so that they can be erased. */
            text: string;
            /**
             * Format: date-time
             * @description When it came, if that was before now: whether it came in time is judged by this.
             */
            receivedAt?: string;
        };
        Decision: {
            /**
             * @description `upheld` cancels the bill, `partly` lowers its amount, `dismissed` and `withdrawn` leave it as it is.
             * @enum {string}
             */
            outcome: "upheld" | "partly" | "dismissed" | "withdrawn";
            /** @description Kept in the bill's log for good: no personal data. */
            reason: string;
            /** @description With `partly`: what the bill asks for from now on. */
            amount?: components["schemas"]["Money"];
        };
        NewBatch: {
            /** @description What people call it. No personal data. */
            name: string;
            mapping?: components["schemas"]["Mapping"];
            /** @description In place of `mapping`: the name of one that the institution has stored. The batch keeps a copy, which later changes leave alone. */
            mappingName?: string;
        };
        /** @description How the file is read: docs/mapping.md explains each field. */
        Mapping: {
            /**
             * @default auto
             * @enum {string}
             */
            encoding?: "auto" | "utf-8" | "cp949" | "euc-kr";
            /**
             * @default ,
             * @enum {string}
             */
            delimiter?: "," | ";" | "\t" | "|";
            sheet?: string;
            /** @default 1 */
            headerRow?: number;
            /**
             * @default YYYY-MM-DD
             * @enum {string}
             */
            dateFormat?: "YYYY-MM-DD" | "YYYY.MM.DD" | "YYYY/MM/DD" | "YYYYMMDD" | "DD/MM/YYYY" | "DD.MM.YYYY" | "MM/DD/YYYY" | "YYYY년 M월 D일";
            /**
             * @default plain
             * @enum {string}
             */
            amountFormat?: "plain" | "1,234.50" | "1.234,50";
            /**
             * @default exact
             * @enum {string}
             */
            decimals?: "exact" | "upTo";
            /** @enum {string} */
            currency: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XCG" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | "ZWG";
            /**
             * @description Language of the citizen's notices and pages.
             * @default en
             * @enum {string}
             */
            language?: "ko" | "en";
            /**
             * @default refuse
             * @enum {string}
             */
            emptyAmount?: "refuse" | "notice";
            columns: {
                billNumber: string;
                citizen: string;
                title?: string;
                amount: string;
                currency?: string;
                policy?: string;
                citizenName?: string;
                language?: string;
                dueDate?: string;
                issueDate?: string;
                validUntil?: string;
                /** @default [] */
                dates?: string[];
                /** @default [] */
                details?: ({
                    label: string | {
                        ko: string;
                        en: string;
                    };
                    column: string;
                } | {
                    label: string | {
                        ko: string;
                        en: string;
                    };
                    value: string;
                })[];
            };
            /** @default {} */
            defaults?: {
                policy?: string;
                title?: string;
                /** Format: date */
                dueDate?: string;
                /** Format: date-time */
                issueAt?: string;
                /** Format: date */
                validUntil?: string;
            };
            /** @default [] */
            contacts?: {
                channel: string;
                column: string;
            }[];
        };
        IssueBatch: {
            /**
             * @description Whether rows that were refused hold up the batch, or are left out.
             * @default refuse
             * @enum {string}
             */
            invalidRows?: "refuse" | "skip";
        };
        BatchOrder: {
            /** @description Kept in the log for good: no personal data. */
            reason: string;
        };
        NewStoredMapping: {
            mapping: components["schemas"]["Mapping"];
        };
        Resend: {
            /** @description The citizen's new address, in the channel's own form. It may be left out where the letter was refused. */
            address?: string;
        };
        NewDeliveryReport: {
            channel: string;
            /** @description The file's text, as the channel's counterpart made it. */
            content: string;
        };
        NewContact: {
            citizen: {
                /** @description As in the bills of this person. */
                identifier: string;
            };
            channel: string;
            /** @description The citizen's address on the channel, in the channel's own form. */
            address: string;
        };
        NewCheckout: {
            /** @description Bills of one citizen in one currency, each by its id or with the part of it to pay: `amount` below what is owed is taken where the policy has `partialPayments`. All are paid, or none is. */
            bills: (string | {
                id: string;
                amount?: components["schemas"]["Money"];
            })[];
            /**
             * @description Language of the citizen's notices and pages.
             * @enum {string}
             */
            language: "ko" | "en";
            /**
             * @description Where on this site the citizen comes back to, paid or not; `{id}` becomes the checkout.
             * @default /checkouts/{id}/return
             */
            returnPath?: string;
        };
        NewRefund: {
            /** @description All that is refundable where it is left out. */
            amount?: components["schemas"]["Money"];
            /** @description What you believe can be refunded now: of `paymentId` where you name one, else of all payments. Where it is something else nothing is done. */
            expectedRefundable: components["schemas"]["Money"];
            /** @description Kept with the refund: no personal data. */
            reason: string;
            /** @description Which payment it comes from; otherwise the newest first. */
            paymentId?: string;
            /**
             * @description Takes the charge back too, so that nothing is owed again. Without it the bill is opened again and owed.
             * @default false
             */
            cancelCharge?: boolean;
        };
        RefundAccount: {
            /** @description The bank's name or code, as the gateway knows it. */
            bank: string;
            /** @description The account number or IBAN, without blanks. */
            number: string;
            holder: string;
        };
        Payout: {
            /** @description The bank's reference of the transfer. */
            reference: string;
            /**
             * Format: date-time
             * @description When it was paid; now where it is left out.
             */
            paidAt?: string;
        };
        Nothing: Record<string, never>;
        Decline: {
            /** @description Kept with the refund: no personal data. */
            reason: string;
        };
        ExcessRefund: {
            /** @description All that is left where it is left out. */
            amount?: components["schemas"]["Money"];
        };
        ExcessAllocation: {
            billId: string;
            /** @description All that is left where it is left out. */
            amount?: components["schemas"]["Money"];
        };
        NewInstitution: {
            slug: string;
            name: {
                ko: string;
                en: string;
            };
            /**
             * @description All its bills are in this currency.
             * @enum {string}
             */
            currency: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XCG" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | "ZWG";
            zone: string;
        };
        Approval: {
            /** @description The most that one person may give back of a bill; zero asks always, null never. */
            above: components["schemas"]["Money"] | null;
        };
        NewPolicy: {
            /** @description What this kind of bill is called on the citizens' pages. */
            title: {
                ko: string;
                en: string;
            };
            policy: {
                calendar: {
                    zone: string;
                    /** @description No notice is sent from `from` until `until`, which may be the next morning. */
                    quietHours?: {
                        from: string;
                        until: string;
                    };
                    /** @description A due date on a weekend or holiday moves to the next business day. */
                    dueOnBusinessDay?: boolean;
                    holidays?: string[];
                };
                /** @description Channels in their order, how long each is waited for, and the receipt that ends the chain. */
                chain: {
                    channel: string;
                    wait: string;
                    /**
                     * @description How far a channel has to report: accepted, delivered or read.
                     * @enum {string}
                     */
                    until: "accepted" | "delivered" | "read";
                    /**
                     * @description What proves service on this channel, where it is another receipt than `proofOfService`.
                     * @enum {string}
                     */
                    proof?: "accepted" | "delivered" | "read";
                }[];
                /**
                 * @description How far a channel has to report: accepted, delivered or read.
                 * @enum {string}
                 */
                proofOfService: "accepted" | "delivered" | "read";
                due: {
                    /** @enum {string} */
                    from: "issue" | "service";
                    after: string;
                };
                reminders: {
                    /** @enum {string} */
                    when: "before" | "after";
                    offset: string;
                }[];
                /** @description Surcharges for being late, in percent of the principal that is unpaid at that moment. */
                late?: {
                    /** @description A decimal string, such as 3 or 0.66. */
                    once: string;
                    /** @description Taken again after every further period since the due date, at most so many times, where at least `principalFrom` is unpaid. */
                    again?: {
                        /** @description A decimal string, such as 3 or 0.66. */
                        percent: string;
                        every: "P1M" | string;
                        times: number;
                        principalFrom?: components["schemas"]["PolicyMoney"];
                    };
                    /** @description All surcharges together, in percent of the principal. */
                    cap?: string;
                };
                /** @description What paying early saves, in percent of the principal, by the payment's own time. */
                early?: {
                    /** @description A decimal string, such as 3 or 0.66. */
                    percent: string;
                    within: string;
                    /** @enum {string} */
                    from: "issue" | "service";
                };
                /** @description How long after the due date an unpaid bill goes back to the institution. */
                handBackAfter: string;
                /** @description How long after its issue a bill may be paid here at all; never less than until its due date. */
                expiresAfter?: string;
                /** @description A citizen who asks for more time gets it at once: so many days each time, so many times. */
                extension?: {
                    byCitizen: {
                        days: number;
                        times: number;
                    };
                };
                /** @description Citizens may object for so long after service; the bill is paused until it is decided. */
                objection?: {
                    within: string;
                };
                settlement: {
                    within: string;
                    askEvery: string;
                    exceptionAfter: string;
                };
                checkout: {
                    expiresAfter: string;
                    askEvery: string;
                };
                /**
                 * @description Money that a bill cannot take, or that an amendment makes too much, goes back, is held until somebody decides, or is kept for the citizen's next bill of the institution.
                 * @enum {string}
                 */
                onExcess: "refund" | "hold" | "offset";
                /** @description A citizen may pay a part, of `minimum` at least. Left out, a bill is paid in full. */
                partialPayments?: {
                    minimum: components["schemas"]["Money"];
                };
                /** @description What one delivery costs by channel, where the channel itself names no price. For the report only. */
                costs?: {
                    [key: string]: components["schemas"]["Money"];
                };
                /** @description What a registered letter would cost: the report compares with all bills sent that way. */
                registeredLetter?: components["schemas"]["Money"];
                pauseStops: ("deliver" | "remind" | "due" | "surcharge" | "handBack")[];
                /** @enum {string} */
                rounding: "down" | "up" | "halfUp" | "halfEven";
            };
        };
        PolicyMoney: {
            /** @description Decimal string with exactly the digits of its currency: "12500" in KRW, "11.60" in GBP. Never a number, never rounded. */
            amount: string;
            /** @enum {string} */
            currency: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XCG" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | "ZWG";
        };
        NewApiKey: {
            /**
             * @default [
             *       "bills:read",
             *       "bills:write",
             *       "checkouts:write",
             *       "reports:read",
             *       "events:read",
             *       "webhooks:write"
             *     ]
             */
            scopes?: ("bills:read" | "bills:write" | "checkouts:write" | "reports:read" | "events:read" | "webhooks:write" | "refunds:approve" | "console")[];
            /**
             * Format: date-time
             * @description From this time on the key is refused. Without it the key is in force until it is ended.
             */
            expiresAt?: string;
        };
        NewStatement: {
            gateway: string;
            /** @description The file's text, as the gateway made it. */
            content: string;
        };
        AssignException: {
            owner: string;
        };
        MatchException: {
            billId?: string;
            paymentId?: string;
            /**
             * Format: date-time
             * @description With `billId`, of a gateway's line: when it was paid, as the gateway's own pages tell.
             */
            paidAt?: string;
            /**
             * @description With `billId`, of a gateway's line: how it was paid.
             * @enum {string}
             */
            method?: "card" | "simplePay" | "bankAccount" | "virtualAccount" | "bankTransfer";
        };
        DismissException: {
            reason: string;
        };
        NewWebhookEndpoint: {
            /** @description HTTPS on the public Internet. */
            url: string;
            /**
             * @description What it hears of; an empty list means everything, also what later versions add.
             * @default []
             */
            events?: ("bill.issued" | "bill.delivered" | "bill.read" | "bill.overdue" | "bill.partly_paid" | "bill.paid" | "bill.settled" | "bill.reopened" | "bill.cancelled" | "bill.written_off" | "bill.handed_back" | "bill.concluded" | "bill.paused" | "bill.resumed" | "bill.amended" | "bill.objected" | "bill.objection_decided" | "bill.extended" | "bill.expired" | "bill.surcharged" | "bill.reduced" | "delivery.failed" | "delivery.returned" | "payment.excess_held" | "payment.excess_credited" | "payment.credit_used" | "payment.taken_back" | "payment.disputed" | "payment.dispute_won" | "refund.requested" | "refund.approval_needed" | "refund.declined" | "refund.succeeded" | "refund.account_needed" | "refund.payout_needed" | "refund.settled" | "exception.opened" | "batch.finished")[];
            /** @description For the people who look after it. */
            description: string;
            /** @description For keys of the platform. */
            institution?: string;
        };
        WebhookEndpointChange: {
            /** @description HTTPS on the public Internet. */
            url: string;
            /**
             * @description What it hears of; an empty list means everything, also what later versions add.
             * @default []
             */
            events?: ("bill.issued" | "bill.delivered" | "bill.read" | "bill.overdue" | "bill.partly_paid" | "bill.paid" | "bill.settled" | "bill.reopened" | "bill.cancelled" | "bill.written_off" | "bill.handed_back" | "bill.concluded" | "bill.paused" | "bill.resumed" | "bill.amended" | "bill.objected" | "bill.objection_decided" | "bill.extended" | "bill.expired" | "bill.surcharged" | "bill.reduced" | "delivery.failed" | "delivery.returned" | "payment.excess_held" | "payment.excess_credited" | "payment.credit_used" | "payment.taken_back" | "payment.disputed" | "payment.dispute_won" | "refund.requested" | "refund.approval_needed" | "refund.declined" | "refund.succeeded" | "refund.account_needed" | "refund.payout_needed" | "refund.settled" | "exception.opened" | "batch.finished")[];
            /** @description For the people who look after it. */
            description: string;
        };
        WebhookSecretRotation: {
            /** @default 24 */
            overlapHours?: number;
        };
        Redelivery: {
            event?: string;
            /** Format: date-time */
            since?: string;
        };
        ProviderOrder: {
            /** @description Kept in the provider's log for good: no personal data. */
            reason: string;
        };
        RepairOrder: {
            subjects: string[];
        };
        NewRestore: Record<string, never>;
        Bill: {
            id: string;
            institution: string;
            billNumber: string;
            /** @enum {string} */
            mode: "test" | "live";
            title: string;
            /** @description False for a notice that only informs. */
            asksMoney: boolean;
            /**
             * @description Where the debt stands. docs/state-machines.md draws every move.
             * @enum {string}
             */
            status: "received" | "issued" | "delivered" | "overdue" | "paid" | "settled" | "cancelled" | "writtenOff" | "handedBack" | "concluded";
            /**
             * @description Where the bill's life stands.
             * @enum {string}
             */
            stage: "issue" | "deliver" | "remind" | "pay" | "reconcile" | "refund" | "closed";
            amounts: components["schemas"]["Amounts"];
            /** @description The last moment to pay in time; null while it cannot be known: paused, or service not proven. */
            dueAt: string | null;
            /** @description Past `dueAt` with something left to pay. */
            overdue: boolean;
            /** Format: date-time */
            createdAt: string;
            policy: {
                name: string;
                version: number;
            };
            details: {
                label: string;
                value: string;
            }[];
            dueDate: string | null;
            validUntil: string | null;
            /** @description The last moment at which it may be paid here; null without an end of its own, and while a pause holds it. */
            expiresAt: string | null;
            /** @description Counted up by every amendment. */
            revision: number;
            extensions: components["schemas"]["BillExtension"][];
            amendments: components["schemas"]["BillAmendment"][];
            /** @description The objection that is open; null where none is. */
            objection: string | null;
            /** Format: date-time */
            issueAt: string;
            issuedAt: string | null;
            /** Format: date-time */
            changedAt: string;
            /** @description What paying early saves, by the payment's own time; null where nothing is offered. */
            early: {
                saves: components["schemas"]["Money"];
                /** @description Null while it has no end: service is not proven, or a pause is open. */
                until: string | null;
            } | null;
            paused: boolean;
            pauses: {
                reason: string;
                /** Format: date-time */
                from: string;
                until: string | null;
            }[];
            deliveries: components["schemas"]["Delivery"][];
            payments: components["schemas"]["Payment"][];
            refunds: components["schemas"]["Refund"][];
            /** @description What happens next if nobody does anything. */
            next: components["schemas"]["NextStep"];
            links: {
                self: string;
                events: string;
                forecast: string;
                /** @description Where the citizen sees and pays the bill, after signing in; null when there is nothing to pay. */
                pay: string | null;
            };
        };
        /** @description Always charged = what was billed + surcharged - reduced = (paid - refunded) + writtenOff + cancelled + owed. `settled` is gross; `fees` of it stayed with the gateway. */
        Amounts: {
            charged: components["schemas"]["Money"];
            surcharged: components["schemas"]["Money"];
            reduced: components["schemas"]["Money"];
            paid: components["schemas"]["Money"];
            refunded: components["schemas"]["Money"];
            owed: components["schemas"]["Money"];
            settled: components["schemas"]["Money"];
            fees: components["schemas"]["Money"];
            writtenOff: components["schemas"]["Money"];
            cancelled: components["schemas"]["Money"];
        };
        BillExtension: {
            /** Format: date */
            dueDate: string;
            /** @description Null where no date could be named: a pause was open. */
            dueBefore: string | null;
            /** @description Null where the citizen asked for it and the policy allowed it. */
            reason: string | null;
            byCitizen: boolean;
            /** Format: date-time */
            at: string;
        };
        BillAmendment: {
            revision: number;
            amountBefore: components["schemas"]["Money"] | null;
            /** @description Null where the amount stayed. */
            amount: components["schemas"]["Money"] | null;
            /** @description Null where the due date stayed. */
            dueDate: string | null;
            detailsChanged: boolean;
            /** @description The citizen had been shown the revision before, so the notice goes out anew. */
            servedAgain: boolean;
            reason: string;
            /** Format: date-time */
            at: string;
        };
        Delivery: {
            id: string;
            key: string;
            /** @enum {string} */
            purpose: "notice" | "reminder" | "refundAccount";
            channel: string;
            /** @enum {string} */
            state: "sending" | "accepted" | "delivered" | "read" | "unreachable" | "failed" | "stopped" | "recalled" | "returned";
            attempts: number;
            /** Format: date-time */
            attemptedAt: string;
            acceptedAt: string | null;
            deliveredAt: string | null;
            readAt: string | null;
            endedAt: string | null;
            failure: {
                /** @enum {string} */
                kind: "temporary" | "permanent" | "technical";
                code: string | null;
            } | null;
            /** @description The channel cannot tell a repetition: the message may have been shown twice. */
            possibleDuplicate: boolean;
            /** @description Why it came back, where it did. */
            returnReason: ("moved" | "unknown" | "refused" | "deceased" | "insufficientAddress") | null;
            /** @description What it cost, where the channel or the policy says so. */
            cost: components["schemas"]["Money"] | null;
        };
        Payment: {
            id: string;
            checkoutId: string | null;
            method: string;
            /** @description This bill's part of the payment. */
            amount: components["schemas"]["Money"];
            /** @enum {string} */
            state: "captured" | "settled" | "disputed" | "reversed" | "returned";
            /**
             * Format: date-time
             * @description The gateway's or bank's own time.
             */
            paidAt: string;
            settledAt: string | null;
        };
        Refund: {
            id: string;
            paymentId: string;
            amount: components["schemas"]["Money"];
            /** @enum {string} */
            state: "requested" | "submitted" | "succeeded" | "failed" | "awaitingAccount" | "awaitingPayout" | "awaitingApproval" | "declined";
            reason: string;
            failureCode: string | null;
            /** @description False for money that the bill never took: paid twice, or cancelled meanwhile. */
            fromAllocation: boolean;
            /** Format: date-time */
            requestedAt: string;
            refundedAt: string | null;
        };
        NextStep: {
            /**
             * @description A stable word for what happens, or for what the bill waits for.
             * @enum {string}
             */
            code: "willBeIssued" | "noticeWillBeSent" | "reminderWillBeSent" | "willFallDue" | "surchargeWillBeAdded" | "willConclude" | "willBeHandedBack" | "willExpire" | "paymentPageWillEnd" | "settlementWillBeAskedFor" | "somebodyWillLook" | "somebodyWillBeAsked" | "noticeWillBeTakenBack" | "moneyWillGoBack" | "refundAccountWillBeAskedFor" | "creditWillBeUsed" | "closed" | "paused" | "waitsForSettlement" | "waitsForPayment";
            /** @enum {string} */
            stage: "issue" | "deliver" | "remind" | "pay" | "reconcile" | "refund" | "closed";
            /** @description Null when only something from outside can move the bill. */
            at: string | null;
            channel: string | null;
            /** @description The step within the bill: the same key is the same effect. */
            key: string | null;
        };
        /** @description RFC 9457. */
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description What is wrong and what helps, for a person. Its words may change. */
            detail: string;
            instance: string;
            /** @description Stable; docs/errors.md explains each. */
            code: string;
            /** @description JSON pointer to the field at fault. */
            pointer?: string;
            requestId: string;
        };
        BillSummary: {
            id: string;
            institution: string;
            billNumber: string;
            /** @enum {string} */
            mode: "test" | "live";
            title: string;
            /** @description False for a notice that only informs. */
            asksMoney: boolean;
            /**
             * @description Where the debt stands. docs/state-machines.md draws every move.
             * @enum {string}
             */
            status: "received" | "issued" | "delivered" | "overdue" | "paid" | "settled" | "cancelled" | "writtenOff" | "handedBack" | "concluded";
            /**
             * @description Where the bill's life stands.
             * @enum {string}
             */
            stage: "issue" | "deliver" | "remind" | "pay" | "reconcile" | "refund" | "closed";
            amounts: components["schemas"]["Amounts"];
            /** @description The last moment to pay in time; null while it cannot be known: paused, or service not proven. */
            dueAt: string | null;
            /** @description Past `dueAt` with something left to pay. */
            overdue: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        LogEvent: {
            seq: number;
            /** Format: date-time */
            at: string;
            action: string;
            /** @description `engine`, `citizen`, `operator` or `key:<id>`. */
            actor: string;
            body: {
                [key: string]: unknown;
            };
            /** @description SHA-256 over this entry and the hash before it, in hex. */
            hash: string;
            previousHash: string | null;
        };
        Forecast: {
            next: components["schemas"]["NextStep"];
            /** @description Every future step with its date. Empty while only something from outside can move the bill. */
            steps: components["schemas"]["NextStep"][];
        };
        Objection: {
            id: string;
            bill: string;
            billNumber: string;
            institution: string;
            /**
             * @description `overtaken`: the bill came to an end before anybody decided; `reason` says how.
             * @enum {string}
             */
            state: "filed" | "upheld" | "partly" | "dismissed" | "withdrawn" | "overtaken";
            /** @description True where the citizen objected on the pages, false where the counter recorded it. */
            byCitizen: boolean;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            filedAt: string;
            reason: string | null;
            /** @description What the bill asks for since, where it was upheld in part. */
            amount: components["schemas"]["Money"] | null;
            decidedAt: string | null;
            /** @description The citizen's own words; null once they were erased. */
            text: string | null;
        };
        ObjectionSummary: {
            id: string;
            bill: string;
            billNumber: string;
            institution: string;
            /**
             * @description `overtaken`: the bill came to an end before anybody decided; `reason` says how.
             * @enum {string}
             */
            state: "filed" | "upheld" | "partly" | "dismissed" | "withdrawn" | "overtaken";
            /** @description True where the citizen objected on the pages, false where the counter recorded it. */
            byCitizen: boolean;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            filedAt: string;
            reason: string | null;
            /** @description What the bill asks for since, where it was upheld in part. */
            amount: components["schemas"]["Money"] | null;
            decidedAt: string | null;
        };
        BillEntry: {
            /** @description The bill in whose log the entry stands. */
            bill: string;
            /** @description Its number in that bill's log, which has its hash. */
            seq: number;
            /** Format: date-time */
            at: string;
            action: string;
            /** @description `engine`, `citizen`, `operator` or `key:<id>`. */
            actor: string;
            body: {
                [key: string]: unknown;
            };
        };
        Batch: {
            id: string;
            institution: string;
            /** @enum {string} */
            mode: "test" | "live";
            name: string;
            /**
             * @description Where the batch stands. docs/state-machines.md draws every move.
             * @enum {string}
             */
            state: "created" | "uploading" | "ready" | "issuing" | "paused" | "issued" | "cancelled" | "undoing" | "undone";
            /** @description Rows of the file in all. */
            rows: number;
            /** @description Rows by state. */
            counts: components["schemas"]["RowCounts"];
            /** @description The stored mapping that it was made with; null where it brought its own. */
            mappingName: string | null;
            /** @description Of the file, in hex; null until it is there. */
            sha256: string | null;
            reason: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            changedAt: string;
            links: {
                self: string;
                rows: string;
                events: string;
                preview: string;
                results: string;
            };
        };
        RowCounts: {
            received: number;
            invalid: number;
            issued: number;
            failed: number;
            withdrawn: number;
            kept: number;
        };
        BatchRow: {
            /** @description As a spreadsheet counts the rows of the file. */
            row: number;
            /**
             * @description Where the row stands.
             * @enum {string}
             */
            state: "received" | "invalid" | "issued" | "failed" | "withdrawn" | "kept";
            billNumber: string | null;
            amount: components["schemas"]["Money"] | null;
            problems: components["schemas"]["RowProblem"][];
            bill: string | null;
            /** @description Of the bill, as it is now. */
            billStatus: ("received" | "issued" | "delivered" | "overdue" | "paid" | "settled" | "cancelled" | "writtenOff" | "handedBack" | "concluded") | null;
        };
        RowProblem: {
            /** @description As a bill of its own would be refused. */
            code: string;
            /** @description The file's own word for the column. */
            column: string;
            /** @description Field of the bill; empty where it is about the whole row. */
            pointer: string;
            message: string;
        };
        BatchPreview: {
            valid: number;
            invalid: number;
            /** @description How often what is wrong. */
            problems: {
                code: string;
                column: string;
                rows: number;
            }[];
            /** @description The first 20 rows that were refused. */
            firstInvalid: components["schemas"]["BatchRow"][];
            /** @description What the valid rows ask for. */
            total: {
                bills: number;
                notices: number;
                amount: components["schemas"]["Money"];
            };
            /** @description On which channels citizens are tried, in order, and how many of them. */
            paths: {
                channels: string[];
                bills: number;
            }[];
            /** @description What the notices would cost, by the prices of the policies as they are now; reminders are not counted. A sum is null where a price in it is not known, or where `complete` is false. */
            costs: {
                /** @description Each channel of the policies' chains, in their order. */
                steps: {
                    policy: string;
                    /** @description Its place in the policy's chain, from 1. */
                    step: number;
                    channel: string;
                    /** @description Of one delivery; null where the policy names none. */
                    price: components["schemas"]["Money"] | null;
                    /** @description Bills that could go this way. */
                    bills: number;
                    /** @description If all of them went this way. */
                    cost: components["schemas"]["Money"] | null;
                }[];
                /** @description If every bill is read on the first channel that it is sent on. */
                firstStep: components["schemas"]["Money"] | null;
                /** @description If every bill goes all the way down its chain. */
                wholeChain: components["schemas"]["Money"] | null;
                /** @description If every bill were a registered letter, by the price that its policy names. */
                registeredLetters: components["schemas"]["Money"] | null;
            };
            /** @description What would happen on which day if nobody reacted, in the zone of the institution. */
            days: {
                /** Format: date */
                date: string;
                issued: number;
                notices: {
                    [key: string]: number;
                };
                reminders: {
                    [key: string]: number;
                };
                due: number;
                expired: number;
                handedBack: number;
            }[];
            /** @description False where the rows are of more than 5000 kinds: then `paths`, `costs` and `days` are of the most frequent. */
            complete: boolean;
        };
        StoredMapping: {
            name: string;
            mapping: components["schemas"]["MappingOutput"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            changedAt: string;
        };
        ListedDelivery: {
            id: string;
            key: string;
            /** @enum {string} */
            purpose: "notice" | "reminder" | "refundAccount";
            channel: string;
            /** @enum {string} */
            state: "sending" | "accepted" | "delivered" | "read" | "unreachable" | "failed" | "stopped" | "recalled" | "returned";
            attempts: number;
            /** Format: date-time */
            attemptedAt: string;
            acceptedAt: string | null;
            deliveredAt: string | null;
            readAt: string | null;
            endedAt: string | null;
            failure: {
                /** @enum {string} */
                kind: "temporary" | "permanent" | "technical";
                code: string | null;
            } | null;
            /** @description The channel cannot tell a repetition: the message may have been shown twice. */
            possibleDuplicate: boolean;
            /** @description Why it came back, where it did. */
            returnReason: ("moved" | "unknown" | "refused" | "deceased" | "insufficientAddress") | null;
            /** @description What it cost, where the channel or the policy says so. */
            cost: components["schemas"]["Money"] | null;
            institution: string;
            bill: {
                id: string;
                number: string;
            };
            /** @description The channel's own name of the delivery. */
            reference: string | null;
            /** @description When somebody decided that what came back is sent again. */
            resendAt: string | null;
            /** @description The task of the person who was asked what to do about its return. */
            exception: {
                id: string;
                open: boolean;
            } | null;
        };
        DeliveryReport: {
            lines: number;
            recorded: number;
            /** @description Lines that came before, in this file or in another. */
            known: number;
            /** @description Keys that are of no delivery of this channel. */
            ignored: string[];
        };
        ContactSet: {
            channel: string;
            /** @description False where it was this address already. */
            changed: boolean;
            /** @description Returned letters that are sent again, to this address. */
            resent: number;
        };
        Checkout: {
            id: string;
            /** @enum {string} */
            state: "claimed" | "open" | "paid" | "failed" | "cancelled" | "expired";
            /** @description The gateway's page to send the citizen to. Null while the gateway has not answered yet (read the checkout again), and once it is over. */
            url: string | null;
            amount: components["schemas"]["Money"];
            /**
             * @description Language of the citizen's notices and pages.
             * @enum {string}
             */
            language: "ko" | "en";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            endedAt: string | null;
            failureCode: string | null;
            bills: {
                id: string;
                amount: components["schemas"]["Money"];
                /** @description What became of this part: it paid the bill, goes back, is held, is kept for the next bill, or was never paid. */
                outcome: ("allocated" | "refunded" | "held" | "credited" | "released") | null;
            }[];
        };
        CheckoutSummary: {
            id: string;
            /** @enum {string} */
            state: "claimed" | "open" | "paid" | "failed" | "cancelled" | "expired";
            amount: components["schemas"]["Money"];
            /** @description How many; reading the checkout names them. */
            bills: number;
            gateway: string;
            failureCode: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            endedAt: string | null;
        };
        RefundDetail: {
            id: string;
            institution: string;
            billId: string;
            paymentId: string;
            amount: components["schemas"]["Money"];
            /** @enum {string} */
            state: "requested" | "submitted" | "succeeded" | "failed" | "awaitingAccount" | "awaitingPayout" | "awaitingApproval" | "declined";
            /** @description Why: `institution`, `paidTwice`, `billClosed`, `excessReleased`, or `reversed` and `returned` for what was taken back. */
            reason: string;
            /** @description What the institution said. */
            note: string | null;
            /** @description The charge is taken back too, so that nothing is owed again. */
            cancelsCharge: boolean;
            /** @description False for money that the bill never took. */
            fromAllocation: boolean;
            /** @description Who moved the money: the gateway, an operator by transfer, or the card scheme or bank by itself. Null before. */
            by: ("gateway" | "operator" | "scheme") | null;
            /** @description The gateway's or bank's own. */
            reference: string | null;
            failureCode: string | null;
            /** @description Where the citizen wants it, masked; erased once the money is there. */
            account: {
                bank: string;
                number: string;
                holder: string;
            } | null;
            /** @description A person has to do something, since when, and who. */
            exception: {
                kind: string;
                owner: string;
                /** Format: date-time */
                openedAt: string;
            } | null;
            requestedBy: string;
            /** @description What a second person decided, where one was asked: who, when, and why it was declined. */
            decision: {
                by: string;
                /** Format: date-time */
                at: string;
                reason: string | null;
            } | null;
            /** Format: date-time */
            requestedAt: string;
            submittedAt: string | null;
            refundedAt: string | null;
            /** @description When a settlement has shown it: it is then netted from what the institution is paid. */
            settledAt: string | null;
        };
        PaymentDetail: {
            id: string;
            /** @description Null for money that came by itself. */
            checkoutId: string | null;
            gateway: string;
            /** @description The gateway's or bank's own. */
            reference: string;
            method: string;
            /** @enum {string} */
            state: "captured" | "settled" | "disputed" | "reversed" | "returned";
            /**
             * Format: date-time
             * @description The payment's own time: deadlines count from it.
             */
            paidAt: string;
            /** @enum {string} */
            paidAtSource: "gateway" | "bank";
            /** Format: date-time */
            recordedAt: string;
            settledAt: string | null;
            /** @description Your bills only: a payment may pay bills of several institutions. */
            parts: {
                billId: string;
                /** @description What the bill took. */
                allocated: components["schemas"]["Money"];
                /** @description What it could not take and is held or kept as credit. */
                kept: components["schemas"]["Money"];
                /** @description What of this part went back. */
                refunded: components["schemas"]["Money"];
            }[];
        };
        Excess: {
            id: string;
            institution: string;
            paymentId: string;
            /** @description The bill that could not take it. */
            billId: string;
            /**
             * @description `held` waits for a decision; `credit` for the citizen's next bill.
             * @enum {string}
             */
            kind: "held" | "credit";
            amount: components["schemas"]["Money"];
            left: components["schemas"]["Money"];
            /** @description Who has to decide about held money. */
            owner: string | null;
            /**
             * Format: date-time
             * @description Since when: its age counts from here.
             */
            at: string;
            uses: {
                billId: string | null;
                refundId: string | null;
                amount: components["schemas"]["Money"];
                /** Format: date-time */
                at: string;
            }[];
        };
        Institution: {
            id: string;
            slug: string;
            name: {
                ko: string;
                en: string;
            };
            /** @enum {string} */
            currency: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XCG" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | "ZWG";
            zone: string;
            /** @description What one person may give back of a bill; above it a second one has to agree. Null: no second one is asked. */
            approvalAbove: components["schemas"]["Money"] | null;
            /** Format: date-time */
            createdAt: string;
        };
        ApiKey: {
            id: string;
            /** @enum {string} */
            mode: "test" | "live";
            scopes: ("bills:read" | "bills:write" | "checkouts:write" | "statements:write" | "reports:read" | "events:read" | "webhooks:write" | "refunds:approve" | "console" | "operator")[];
            /** @description Null where it is in force until it is ended. */
            expiresAt: string | null;
            /** @description Shown this once and kept nowhere: null when the request is repeated. Make another key if it was lost. */
            secret: string | null;
        };
        Policy: {
            name: string;
            version: number;
            title: {
                ko: string;
                en: string;
            };
            policy: {
                calendar: {
                    zone: string;
                    /** @description No notice is sent from `from` until `until`, which may be the next morning. */
                    quietHours?: {
                        from: string;
                        until: string;
                    };
                    /** @description A due date on a weekend or holiday moves to the next business day. */
                    dueOnBusinessDay?: boolean;
                    holidays?: string[];
                };
                /** @description Channels in their order, how long each is waited for, and the receipt that ends the chain. */
                chain: {
                    channel: string;
                    wait: string;
                    /**
                     * @description How far a channel has to report: accepted, delivered or read.
                     * @enum {string}
                     */
                    until: "accepted" | "delivered" | "read";
                    /**
                     * @description What proves service on this channel, where it is another receipt than `proofOfService`.
                     * @enum {string}
                     */
                    proof?: "accepted" | "delivered" | "read";
                }[];
                /**
                 * @description How far a channel has to report: accepted, delivered or read.
                 * @enum {string}
                 */
                proofOfService: "accepted" | "delivered" | "read";
                due: {
                    /** @enum {string} */
                    from: "issue" | "service";
                    after: string;
                };
                reminders: {
                    /** @enum {string} */
                    when: "before" | "after";
                    offset: string;
                }[];
                /** @description Surcharges for being late, in percent of the principal that is unpaid at that moment. */
                late?: {
                    /** @description A decimal string, such as 3 or 0.66. */
                    once: string;
                    /** @description Taken again after every further period since the due date, at most so many times, where at least `principalFrom` is unpaid. */
                    again?: {
                        /** @description A decimal string, such as 3 or 0.66. */
                        percent: string;
                        every: "P1M" | string;
                        times: number;
                        principalFrom?: components["schemas"]["PolicyMoney"];
                    };
                    /** @description All surcharges together, in percent of the principal. */
                    cap?: string;
                };
                /** @description What paying early saves, in percent of the principal, by the payment's own time. */
                early?: {
                    /** @description A decimal string, such as 3 or 0.66. */
                    percent: string;
                    within: string;
                    /** @enum {string} */
                    from: "issue" | "service";
                };
                /** @description How long after the due date an unpaid bill goes back to the institution. */
                handBackAfter: string;
                /** @description How long after its issue a bill may be paid here at all; never less than until its due date. */
                expiresAfter?: string;
                /** @description A citizen who asks for more time gets it at once: so many days each time, so many times. */
                extension?: {
                    byCitizen: {
                        days: number;
                        times: number;
                    };
                };
                /** @description Citizens may object for so long after service; the bill is paused until it is decided. */
                objection?: {
                    within: string;
                };
                settlement: {
                    within: string;
                    askEvery: string;
                    exceptionAfter: string;
                };
                checkout: {
                    expiresAfter: string;
                    askEvery: string;
                };
                /**
                 * @description Money that a bill cannot take, or that an amendment makes too much, goes back, is held until somebody decides, or is kept for the citizen's next bill of the institution.
                 * @enum {string}
                 */
                onExcess: "refund" | "hold" | "offset";
                /** @description A citizen may pay a part, of `minimum` at least. Left out, a bill is paid in full. */
                partialPayments?: {
                    minimum: components["schemas"]["Money"];
                };
                /** @description What one delivery costs by channel, where the channel itself names no price. For the report only. */
                costs?: {
                    [key: string]: components["schemas"]["Money"];
                };
                /** @description What a registered letter would cost: the report compares with all bills sent that way. */
                registeredLetter?: components["schemas"]["Money"];
                pauseStops: ("deliver" | "remind" | "due" | "surcharge" | "handBack")[];
                /** @enum {string} */
                rounding: "down" | "up" | "halfUp" | "halfEven";
            };
        };
        PolicyVersion: {
            name: string;
            version: number;
            title: {
                ko: string;
                en: string;
            };
            policy: {
                calendar: {
                    zone: string;
                    /** @description No notice is sent from `from` until `until`, which may be the next morning. */
                    quietHours?: {
                        from: string;
                        until: string;
                    };
                    /** @description A due date on a weekend or holiday moves to the next business day. */
                    dueOnBusinessDay?: boolean;
                    holidays?: string[];
                };
                /** @description Channels in their order, how long each is waited for, and the receipt that ends the chain. */
                chain: {
                    channel: string;
                    wait: string;
                    /**
                     * @description How far a channel has to report: accepted, delivered or read.
                     * @enum {string}
                     */
                    until: "accepted" | "delivered" | "read";
                    /**
                     * @description What proves service on this channel, where it is another receipt than `proofOfService`.
                     * @enum {string}
                     */
                    proof?: "accepted" | "delivered" | "read";
                }[];
                /**
                 * @description How far a channel has to report: accepted, delivered or read.
                 * @enum {string}
                 */
                proofOfService: "accepted" | "delivered" | "read";
                due: {
                    /** @enum {string} */
                    from: "issue" | "service";
                    after: string;
                };
                reminders: {
                    /** @enum {string} */
                    when: "before" | "after";
                    offset: string;
                }[];
                /** @description Surcharges for being late, in percent of the principal that is unpaid at that moment. */
                late?: {
                    /** @description A decimal string, such as 3 or 0.66. */
                    once: string;
                    /** @description Taken again after every further period since the due date, at most so many times, where at least `principalFrom` is unpaid. */
                    again?: {
                        /** @description A decimal string, such as 3 or 0.66. */
                        percent: string;
                        every: "P1M" | string;
                        times: number;
                        principalFrom?: components["schemas"]["PolicyMoney"];
                    };
                    /** @description All surcharges together, in percent of the principal. */
                    cap?: string;
                };
                /** @description What paying early saves, in percent of the principal, by the payment's own time. */
                early?: {
                    /** @description A decimal string, such as 3 or 0.66. */
                    percent: string;
                    within: string;
                    /** @enum {string} */
                    from: "issue" | "service";
                };
                /** @description How long after the due date an unpaid bill goes back to the institution. */
                handBackAfter: string;
                /** @description How long after its issue a bill may be paid here at all; never less than until its due date. */
                expiresAfter?: string;
                /** @description A citizen who asks for more time gets it at once: so many days each time, so many times. */
                extension?: {
                    byCitizen: {
                        days: number;
                        times: number;
                    };
                };
                /** @description Citizens may object for so long after service; the bill is paused until it is decided. */
                objection?: {
                    within: string;
                };
                settlement: {
                    within: string;
                    askEvery: string;
                    exceptionAfter: string;
                };
                checkout: {
                    expiresAfter: string;
                    askEvery: string;
                };
                /**
                 * @description Money that a bill cannot take, or that an amendment makes too much, goes back, is held until somebody decides, or is kept for the citizen's next bill of the institution.
                 * @enum {string}
                 */
                onExcess: "refund" | "hold" | "offset";
                /** @description A citizen may pay a part, of `minimum` at least. Left out, a bill is paid in full. */
                partialPayments?: {
                    minimum: components["schemas"]["Money"];
                };
                /** @description What one delivery costs by channel, where the channel itself names no price. For the report only. */
                costs?: {
                    [key: string]: components["schemas"]["Money"];
                };
                /** @description What a registered letter would cost: the report compares with all bills sent that way. */
                registeredLetter?: components["schemas"]["Money"];
                pauseStops: ("deliver" | "remind" | "due" | "surcharge" | "handBack")[];
                /** @enum {string} */
                rounding: "down" | "up" | "halfUp" | "halfEven";
            };
            /** Format: date-time */
            createdAt: string;
        };
        KnownApiKey: {
            id: string;
            /** @description Null for a key of the platform. */
            institution: string | null;
            /** @enum {string} */
            mode: "test" | "live";
            /** @description How the key begins, to tell it from others. */
            begins: string;
            scopes: ("bills:read" | "bills:write" | "checkouts:write" | "statements:write" | "reports:read" | "events:read" | "webhooks:write" | "refunds:approve" | "console" | "operator")[];
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            revokedAt: string | null;
            /** @description To the minute; null where it was never used. */
            lastUsedAt: string | null;
        };
        Statement: {
            id: string;
            /**
             * @description Who made the file.
             * @enum {string}
             */
            source: "gateway" | "bank";
            /** @description The gateway that made it; of a bank's file, the one whose payments it shows. */
            gateway: string;
            name: string;
            /**
             * @description `posted` once every line is booked or an exception.
             * @enum {string}
             */
            state: "received" | "posted";
            /** Format: date-time */
            receivedAt: string;
            postedAt: string | null;
            lines: number;
            posted: number;
            exceptions: number;
            /** @description Lines that an earlier file had brought. */
            known: number;
            /** @description Entries that the bank has not booked yet; they come again. */
            notBooked: number;
            /** @description Lines that nobody could place, the first 200. */
            openExceptions: components["schemas"]["StatementException"][];
        };
        StatementException: {
            id: string;
            line: number;
            lineReference: string;
            /** @enum {string} */
            kind: "payment" | "refund" | "credit" | "debit";
            reference: string;
            gross: components["schemas"]["Money"];
            reason: string;
            owner: string;
            /** Format: date-time */
            openedAt: string;
        };
        StatementSummary: {
            id: string;
            /**
             * @description Who made the file.
             * @enum {string}
             */
            source: "gateway" | "bank";
            /** @description The gateway that made it; of a bank's file, the one whose payments it shows. */
            gateway: string;
            name: string;
            /**
             * @description `posted` once every line is booked or an exception.
             * @enum {string}
             */
            state: "received" | "posted";
            /** Format: date-time */
            receivedAt: string;
            postedAt: string | null;
            lines: number;
            posted: number;
            exceptions: number;
            /** @description Lines that an earlier file had brought. */
            known: number;
            /** @description Entries that the bank has not booked yet; they come again. */
            notBooked: number;
        };
        StatementLine: {
            id: string;
            line: number;
            lineReference: string;
            /** @enum {string} */
            kind: "payment" | "refund" | "credit" | "debit";
            /** @description What the gateway or the payer named it by. */
            reference: string;
            gross: components["schemas"]["Money"];
            fee: components["schemas"]["Money"];
            /** Format: date-time */
            settledAt: string;
            /** @enum {string} */
            state: "received" | "posted" | "exception" | "dismissed" | "superseded" | "returning" | "returned";
            /** @description Why nobody could place it. */
            reason: string | null;
            /** @description By which rule a bank's line was placed: `reference`, `amountAndPayer`, `payout`, `person`, … */
            rule: string | null;
            payment: string | null;
            refund: string | null;
        };
        ExceptionSummary: {
            id: string;
            /** @description `line` of a statement, or what a bill waits for: `settlementLate`, `refundWithoutRoute`, … */
            kind: string;
            reason: string | null;
            owner: string;
            institution: string | null;
            bill: {
                id: string;
                number: string;
            } | null;
            /** @description The id of what it is about. */
            subject: string;
            line: {
                id: string;
                statement: string;
                gateway: string;
                /**
                 * @description A gateway's payment or refund; money that came into the bank or went out.
                 * @enum {string}
                 */
                kind: "payment" | "refund" | "credit" | "debit";
                state: string;
                /** @description Below zero for what went out. */
                amount: components["schemas"]["Money"];
                /** Format: date-time */
                bookedAt: string;
                references: string[];
                text: string | null;
                payerName: string | null;
                payerAccount: string | null;
                /** @description What the transfer has to carry by which the money goes back, once that was decided. */
                returnReference: string | null;
            } | null;
            /** Format: date-time */
            openedAt: string;
            /** @description From when it was opened until it was closed, or until now. */
            ageSeconds: number;
            closedAt: string | null;
            closedBy: string | null;
            /** @description `matched`, `returned`, `dismissed`, or what ended it by itself. */
            outcome: string | null;
            note: string | null;
        };
        Exception: {
            id: string;
            /** @description `line` of a statement, or what a bill waits for: `settlementLate`, `refundWithoutRoute`, … */
            kind: string;
            reason: string | null;
            owner: string;
            institution: string | null;
            bill: {
                id: string;
                number: string;
            } | null;
            /** @description The id of what it is about. */
            subject: string;
            line: {
                id: string;
                statement: string;
                gateway: string;
                /**
                 * @description A gateway's payment or refund; money that came into the bank or went out.
                 * @enum {string}
                 */
                kind: "payment" | "refund" | "credit" | "debit";
                state: string;
                /** @description Below zero for what went out. */
                amount: components["schemas"]["Money"];
                /** Format: date-time */
                bookedAt: string;
                references: string[];
                text: string | null;
                payerName: string | null;
                payerAccount: string | null;
                /** @description What the transfer has to carry by which the money goes back, once that was decided. */
                returnReference: string | null;
            } | null;
            /** Format: date-time */
            openedAt: string;
            /** @description From when it was opened until it was closed, or until now. */
            ageSeconds: number;
            closedAt: string | null;
            closedBy: string | null;
            /** @description `matched`, `returned`, `dismissed`, or what ended it by itself. */
            outcome: string | null;
            note: string | null;
            /** @description Bills that the money may be for, the likeliest first. */
            suggestions: {
                bill: string;
                billNumber: string;
                institution: string;
                /**
                 * @description Where the debt stands. docs/state-machines.md draws every move.
                 * @enum {string}
                 */
                status: "received" | "issued" | "delivered" | "overdue" | "paid" | "settled" | "cancelled" | "writtenOff" | "handedBack" | "concluded";
                owed: components["schemas"]["Money"];
                /** @description What of the line agrees with the bill. */
                agrees: ("reference" | "amount" | "payer")[];
            }[];
        };
        Report: {
            bills: number;
            /** @description Bills of which nothing more is due: settled, written off, cancelled, handed back or concluded. */
            final: number;
            /** @description The sum over the whole ledger is zero in every currency. */
            ledger_balanced: boolean;
            institutions: {
                name: string;
                currency: string;
                /** @description As billed, before surcharges and reductions. */
                issued: {
                    bills: number;
                    /** @description Decimal string with exactly the currency's digits. */
                    amount: string;
                };
                /** @description For being late. */
                surcharged: {
                    bills: number;
                    /** @description Decimal string with exactly the currency's digits. */
                    amount: string;
                };
                /** @description For paying early. */
                reduced: {
                    bills: number;
                    /** @description Decimal string with exactly the currency's digits. */
                    amount: string;
                };
                paid: {
                    bills: number;
                    /** @description Decimal string with exactly the currency's digits. */
                    amount: string;
                };
                refunded: {
                    bills: number;
                    /** @description Decimal string with exactly the currency's digits. */
                    amount: string;
                };
                /** @description Gross, as the gateways settled it. */
                settled: {
                    bills: number;
                    /** @description Decimal string with exactly the currency's digits. */
                    amount: string;
                };
                written_off: {
                    bills: number;
                    /** @description Decimal string with exactly the currency's digits. */
                    amount: string;
                };
                cancelled: {
                    bills: number;
                    /** @description Decimal string with exactly the currency's digits. */
                    amount: string;
                };
                outstanding: {
                    bills: number;
                    /** @description Decimal string with exactly the currency's digits. */
                    amount: string;
                };
            }[];
            /** @description By method; where the report spans several currencies by method and currency, such as `card.GBP`. */
            payments_by_method: {
                [key: string]: {
                    payments: number;
                    /** @description Decimal string with exactly the currency's digits. */
                    amount: string;
                    currency: string;
                };
            };
            /** @description By institution and by the way that the notices took. */
            deliveries: {
                institution: string;
                currency: string;
                /** @description The channels that were tried, in their order. */
                path: string;
                bills: number;
                sent: number;
                delivered: number;
                read: number;
                returned: number;
                recalled: number;
                /** @description Of everything sent about these bills, reminders too, where a price is known. */
                cost: string;
                /** @description What one registered letter for each of these bills would have cost; null where a policy names no price. */
                all_registered_letters: string | null;
            }[];
        };
        Event: {
            /** @description Also the `webhook-id` under which it is sent. */
            id: string;
            type: string;
            /** Format: date-time */
            timestamp: string;
            /** @description `id` is that of the bill, or of the batch, that it is about. */
            data: {
                [key: string]: unknown;
            };
        };
        NewWebhookEndpointAnswer: {
            id: string;
            institution: string;
            /** @enum {string} */
            mode: "test" | "live";
            url: string;
            events: string[];
            description: string;
            /** @enum {string} */
            state: "enabled" | "disabled";
            /** @description `gone`: the endpoint answered 410. */
            disabledBecause: ("asked" | "gone") | null;
            /** @description Events that are taken up and not delivered yet. */
            pending: number;
            /** @description Events that could not be delivered for four weeks. They can be sent again. */
            givenUp: number;
            /** @description When the oldest event happened that is not delivered yet. */
            oldestPendingAt: string | null;
            downSince: string | null;
            /** @description When an endpoint that is down is tried again. */
            nextProbeAt: string | null;
            lastError: string | null;
            lastErrorAt: string | null;
            lastSuccessAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description The signing secret (`whsec_…`), shown this once: null when the request is repeated. Rotate it if it was lost. */
            secret: string | null;
        };
        WebhookEndpoint: {
            id: string;
            institution: string;
            /** @enum {string} */
            mode: "test" | "live";
            url: string;
            events: string[];
            description: string;
            /** @enum {string} */
            state: "enabled" | "disabled";
            /** @description `gone`: the endpoint answered 410. */
            disabledBecause: ("asked" | "gone") | null;
            /** @description Events that are taken up and not delivered yet. */
            pending: number;
            /** @description Events that could not be delivered for four weeks. They can be sent again. */
            givenUp: number;
            /** @description When the oldest event happened that is not delivered yet. */
            oldestPendingAt: string | null;
            downSince: string | null;
            /** @description When an endpoint that is down is tried again. */
            nextProbeAt: string | null;
            lastError: string | null;
            lastErrorAt: string | null;
            lastSuccessAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        RotatedWebhookSecret: {
            id: string;
            /** Format: date-time */
            oldUntil: string;
            /** @description The signing secret (`whsec_…`), shown this once: null when the request is repeated. Rotate it if it was lost. */
            secret: string | null;
        };
        WebhookPing: {
            id: string;
            /** @description The HTTP status, or null where there was no answer. */
            status: number | null;
            ms: number | null;
            /** @description Null for a success. `status`, `redirect`: the answer was not 2xx. `timeout`, `refused`, `reset`, `nameNotFound`, `tls`, `malformedAnswer`, `failed`: there was none. `forbiddenAddress`: the URL leads to an address that is never called. `interrupted`: the call may have arrived, nobody knows. */
            error: string | null;
            /** @description The first 1,000 bytes of the answer. */
            answer: string | null;
        };
        WebhookDelivery: {
            event: string;
            type: string;
            /** @description `bill:<id>`: within it the order is kept. */
            subject: string;
            /**
             * Format: date-time
             * @description When the event happened.
             */
            at: string;
            /** @enum {string} */
            state: "pending" | "delivered" | "givenUp";
            attempts: number;
            /** @description Null for one that waits for those before it of the same subject. */
            nextAttemptAt: string | null;
            deliveredAt: string | null;
        };
        WebhookAttempt: {
            event: string;
            type: string;
            attempt: number;
            /** Format: date-time */
            at: string;
            /** @description The HTTP status, or null where there was no answer. */
            status: number | null;
            ms: number | null;
            /** @description Null for a success. `status`, `redirect`: the answer was not 2xx. `timeout`, `refused`, `reset`, `nameNotFound`, `tls`, `malformedAnswer`, `failed`: there was none. `forbiddenAddress`: the URL leads to an address that is never called. `interrupted`: the call may have arrived, nobody knows. */
            error: string | null;
            /** @description The first 1,000 bytes of the answer. */
            answer: string | null;
        };
        WebhookResult: {
            /** @enum {string} */
            result: "recorded" | "duplicate" | "ignored";
        };
        Provider: {
            /** @enum {string} */
            kind: "channel" | "gateway";
            name: string;
            /** @description Whether this deployment has its settings. */
            configured: boolean;
            /** @description Null while it runs. */
            stopped: {
                reason: string;
                by: string;
                /** Format: date-time */
                since: string;
            } | null;
        };
        Readiness: {
            /** @enum {string} */
            status: "ready" | "degraded" | "down";
            dependencies: {
                /** @enum {string} */
                database: "up" | "down";
                /** @enum {string} */
                engine: "up" | "down";
            };
            /** @description Channels and gateways that an operator has stopped; empty while the database is down. They do not count for `status`. */
            providersStopped: {
                /** @enum {string} */
                kind: "channel" | "gateway";
                name: string;
                /** Format: date-time */
                since: string;
            }[];
        };
        Diagnosis: {
            /**
             * Format: date-time
             * @description The API's own time.
             */
            at: string;
            /**
             * @description The worst of all findings.
             * @enum {string}
             */
            health: "ok" | "warning" | "wrong";
            findings: {
                /** @description Stable name of what was looked at. */
                check: string;
                /** @enum {string} */
                health: "ok" | "warning" | "wrong";
                found: string;
                /** @description What to do about it; null where there is nothing to do. */
                remedy: string | null;
            }[];
        };
        LogVerification: {
            /** @description How many logs were read from their beginnings to their ends. */
            logs: number;
            entries: number;
            /** @description `altered`: its bytes are not those that were hashed; `unlinked`: it does not continue the entry before; `missing`: it is not there though a later one or the head is; `replaced`: it is not the one that the head names. */
            flaws: {
                subject: string;
                seq: number;
                /** @enum {string} */
                flaw: "altered" | "unlinked" | "missing" | "replaced";
            }[];
            /** @description Give it as `cursor` for the logs after these; null after the last. */
            nextCursor: string | null;
        };
        RunComparison: {
            /** @description How many runs, bills or checkouts this page looked at. */
            looked: number;
            differences: components["schemas"]["Difference"][];
            /** @description Give it as `cursor` for the next page, also where this one found nothing; null after the last. */
            nextCursor: string | null;
        };
        Difference: {
            /** @description `bill:` or `checkout:` and its id. */
            subject: string;
            /**
             * @description `forgotten`: it has a run, and the books do not know it; `behind`: its run knows more than the books; `lost`: it is open in the books and has no run; `underWay`: only asked for.
             * @enum {string}
             */
            kind: "forgotten" | "behind" | "lost" | "underWay";
            /** @description What its run last knew. */
            run: string | null;
            /** @description What the books say. */
            books: string | null;
        };
        Repair: {
            repaired: {
                subject: string;
                /**
                 * @description `woken`: the bill's run reads the books, and is started where there is none; `asked`: the checkout's run asks its gateway; `ending`: the books do not know it, and its run ends.
                 * @enum {string}
                 */
                done: "woken" | "asked" | "ending";
            }[];
        };
        Restore: {
            /** Format: date-time */
            at: string;
        };
        /** @description How the file is read: docs/mapping.md explains each field. */
        MappingOutput: {
            /**
             * @default auto
             * @enum {string}
             */
            encoding: "auto" | "utf-8" | "cp949" | "euc-kr";
            /**
             * @default ,
             * @enum {string}
             */
            delimiter: "," | ";" | "\t" | "|";
            sheet?: string;
            /** @default 1 */
            headerRow: number;
            /**
             * @default YYYY-MM-DD
             * @enum {string}
             */
            dateFormat: "YYYY-MM-DD" | "YYYY.MM.DD" | "YYYY/MM/DD" | "YYYYMMDD" | "DD/MM/YYYY" | "DD.MM.YYYY" | "MM/DD/YYYY" | "YYYY년 M월 D일";
            /**
             * @default plain
             * @enum {string}
             */
            amountFormat: "plain" | "1,234.50" | "1.234,50";
            /**
             * @default exact
             * @enum {string}
             */
            decimals: "exact" | "upTo";
            /** @enum {string} */
            currency: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XCG" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | "ZWG";
            /**
             * @description Language of the citizen's notices and pages.
             * @default en
             * @enum {string}
             */
            language: "ko" | "en";
            /**
             * @default refuse
             * @enum {string}
             */
            emptyAmount: "refuse" | "notice";
            columns: {
                billNumber: string;
                citizen: string;
                title?: string;
                amount: string;
                currency?: string;
                policy?: string;
                citizenName?: string;
                language?: string;
                dueDate?: string;
                issueDate?: string;
                validUntil?: string;
                /** @default [] */
                dates: string[];
                /** @default [] */
                details: ({
                    label: string | {
                        ko: string;
                        en: string;
                    };
                    column: string;
                } | {
                    label: string | {
                        ko: string;
                        en: string;
                    };
                    value: string;
                })[];
            };
            defaults: {
                policy?: string;
                title?: string;
                /** Format: date */
                dueDate?: string;
                /** Format: date-time */
                issueAt?: string;
                /** Format: date */
                validUntil?: string;
            };
            /** @default [] */
            contacts: {
                channel: string;
                column: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listBills: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                status?: "received" | "issued" | "delivered" | "overdue" | "paid" | "settled" | "cancelled" | "writtenOff" | "handedBack" | "concluded";
                stage?: "issue" | "deliver" | "remind" | "pay" | "reconcile" | "refund" | "closed";
                billNumber?: string;
                /** @description The identifier that the bills were received with. URLs are logged on their way: use a pseudonym of your own as identifier. */
                citizenIdentifier?: string;
                /** @description Only one institution's bills; a key of an institution sees no other anyway. */
                institution?: string;
                dueAfter?: string;
                dueBefore?: string;
                createdAfter?: string;
                createdBefore?: string;
                /** @description Past the due date with something left to pay, or not. */
                overdue?: "true" | "false";
            };
        };
        responses: {
            /** @description A page of bills. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["BillSummary"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBill: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBill"];
            };
        };
        responses: {
            /** @description The bill as it was received. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBill: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The bill. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBillEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LogEvent"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBillForecast: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The steps ahead. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Forecast"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelBill: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Order"];
            };
        };
        responses: {
            /** @description The bill after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseBill: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Order"];
            };
        };
        responses: {
            /** @description The bill after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeBill: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Order"];
            };
        };
        responses: {
            /** @description The bill after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    writeOffBill: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Order"];
            };
        };
        responses: {
            /** @description The bill after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extendBill: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Extension"];
            };
        };
        responses: {
            /** @description The bill after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    amendBill: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Amendment"];
            };
        };
        responses: {
            /** @description The bill after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createObjection: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewObjection"];
            };
        };
        responses: {
            /** @description The objection. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Objection"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listObjections: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                state?: "filed" | "upheld" | "partly" | "dismissed" | "withdrawn" | "overtaken";
                bill?: string;
                filedAfter?: string;
                filedBefore?: string;
            };
        };
        responses: {
            /** @description A page of objections. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ObjectionSummary"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getObjection: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The objection. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Objection"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listObjectionEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["BillEntry"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideObjection: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description The objection, decided. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Objection"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBatches: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                state?: "created" | "uploading" | "ready" | "issuing" | "paused" | "issued" | "cancelled" | "undoing" | "undone";
            };
        };
        responses: {
            /** @description A page of batches. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Batch"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBatch: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBatch"];
            };
        };
        responses: {
            /** @description The batch, which waits for its file. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBatchRows: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                state?: "received" | "invalid" | "issued" | "failed" | "withdrawn" | "kept";
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of rows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["BatchRow"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putBatchRows: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "text/csv": string;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The file was read: the batch is ready, with so many rows valid and so many refused. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBatch: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The batch. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBatchPreview: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description What issuing it now would come to. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchPreview"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBatchResults: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBatchEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LogEvent"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issueBatch: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssueBatch"];
            };
        };
        responses: {
            /** @description The batch after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseBatch: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchOrder"];
            };
        };
        responses: {
            /** @description The batch after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeBatch: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchOrder"];
            };
        };
        responses: {
            /** @description The batch after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelBatch: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchOrder"];
            };
        };
        responses: {
            /** @description The batch after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rerunBatch: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchOrder"];
            };
        };
        responses: {
            /** @description The batch after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoBatch: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchOrder"];
            };
        };
        responses: {
            /** @description The batch after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMapping: {
        parameters: {
            path: {
                id: string;
                name: string;
            };
        };
        responses: {
            /** @description The mapping. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredMapping"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMapping: {
        parameters: {
            path: {
                id: string;
                name: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStoredMapping"];
            };
        };
        responses: {
            /** @description The mapping as it is set now, or was already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredMapping"];
                };
            };
            /** @description A new mapping. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredMapping"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteMapping: {
        parameters: {
            path: {
                id: string;
                name: string;
            };
        };
        responses: {
            /** @description The mapping as it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredMapping"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMappings: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of mappings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["StoredMapping"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                state?: "sending" | "accepted" | "delivered" | "read" | "unreachable" | "failed" | "stopped" | "recalled" | "returned";
                channel?: string;
                purpose?: "notice" | "reminder" | "refundAccount";
                bill?: string;
                /** @description Only one institution; a key of an institution sees no other anyway. */
                institution?: string;
                attemptedAfter?: string;
                attemptedBefore?: string;
            };
        };
        responses: {
            /** @description A page of deliveries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ListedDelivery"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDelivery: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The delivery. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedDelivery"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveryEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["BillEntry"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendDelivery: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resend"];
            };
        };
        responses: {
            /** @description The delivery that came back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedDelivery"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDeliveryReport: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDeliveryReport"];
            };
        };
        responses: {
            /** @description What became of its lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryReport"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setContact: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            /** @description It is known now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactSet"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCheckouts: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                state?: "claimed" | "open" | "paid" | "failed" | "cancelled" | "expired";
                /** @description Only those that were begun for this bill. */
                bill?: string;
                createdAfter?: string;
                createdBefore?: string;
            };
        };
        responses: {
            /** @description A page of checkouts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CheckoutSummary"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCheckout: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCheckout"];
            };
        };
        responses: {
            /** @description The checkout. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkout"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCheckout: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The checkout. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkout"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCheckoutEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["BillEntry"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelCheckout: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The checkout, ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkout"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRefunds: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRefund"];
            };
        };
        responses: {
            /** @description The refunds, one of each payment. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RefundDetail"][];
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRefunds: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                state?: "requested" | "submitted" | "succeeded" | "failed" | "awaitingAccount" | "awaitingPayout" | "awaitingApproval" | "declined";
                institution?: string;
                bill?: string;
                payment?: string;
                requestedAfter?: string;
                requestedBefore?: string;
            };
        };
        responses: {
            /** @description A page of refunds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RefundDetail"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRefund: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The refund. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundDetail"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRefundEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["BillEntry"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    giveRefundAccount: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundAccount"];
            };
        };
        responses: {
            /** @description The refund after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundDetail"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    payOutRefund: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Payout"];
            };
        };
        responses: {
            /** @description The refund after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundDetail"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuseRefundAccount: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The refund after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundDetail"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveRefund: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The refund after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundDetail"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declineRefund: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decline"];
            };
        };
        responses: {
            /** @description The refund after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundDetail"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                state?: "captured" | "settled" | "disputed" | "reversed" | "returned";
                method?: "card" | "simplePay" | "bankAccount" | "virtualAccount" | "bankTransfer";
                institution?: string;
                bill?: string;
                paidAfter?: string;
                paidBefore?: string;
            };
        };
        responses: {
            /** @description A page of payments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PaymentDetail"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPayment: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentDetail"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPaymentEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["BillEntry"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExcesses: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                kind?: "held" | "credit";
                /** @description With something left, or used up. */
                open?: "true" | "false";
                /** @description Where it came from, or what it paid. */
                bill?: string;
            };
        };
        responses: {
            /** @description A page of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Excess"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExcess: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The money. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Excess"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExcessEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["BillEntry"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refundExcess: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExcessRefund"];
            };
        };
        responses: {
            /** @description What is left of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Excess"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    allocateExcess: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExcessAllocation"];
            };
        };
        responses: {
            /** @description What is left of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Excess"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInstitutions: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                /** @description The one with this short name. */
                slug?: string;
                currency?: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XCG" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | "ZWG";
                createdAfter?: string;
                createdBefore?: string;
            };
        };
        responses: {
            /** @description A page of institutions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Institution"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createInstitution: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInstitution"];
            };
        };
        responses: {
            /** @description The institution and its first key. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        institution: components["schemas"]["Institution"];
                        key: components["schemas"]["ApiKey"];
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInstitution: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The institution. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Institution"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInstitutionEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LogEvent"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setApproval: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Approval"];
            };
        };
        responses: {
            /** @description The institution after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Institution"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPolicy: {
        parameters: {
            query?: {
                /** @description The newest where nothing is said. */
                version?: number;
            };
            path: {
                id: string;
                name: string;
            };
        };
        responses: {
            /** @description The version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersion"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putPolicy: {
        parameters: {
            path: {
                id: string;
                name: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPolicy"];
            };
        };
        responses: {
            /** @description The policy as it was already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description A new version. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPolicies: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of policies. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PolicyVersion"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPolicyVersions: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
                name: string;
            };
        };
        responses: {
            /** @description A page of versions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PolicyVersion"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rehearsePolicy: {
        parameters: {
            query?: {
                /** @description The newest where nothing is said. */
                version?: number;
                /** @description What the sample bill asks for, in the institution's currency. `none` is a notice that asks for no money. */
                amount?: string;
                /** @description When it is issued; now where nothing is said. */
                issueAt?: string;
                /** @description Fixes its due date; otherwise the policy counts one. */
                dueDate?: string;
                /** @description Channels on which the citizen has an address; every one of the policy where nothing is said. */
                channels?: string;
            };
            path: {
                id: string;
                name: string;
            };
        };
        responses: {
            /** @description The steps. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Forecast"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description The key. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                /** @description Only one institution's keys. */
                institution?: string;
                /** @description Those that may be used now, or those that were ended or ran out. */
                inForce?: "true" | "false";
            };
        };
        responses: {
            /** @description A page of keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["KnownApiKey"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getKey: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnownApiKey"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeyEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LogEvent"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The key is not in force any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @constant */
                        revoked: true;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStatements: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
        };
        responses: {
            /** @description A page of statements. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["StatementSummary"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createStatement: {
        parameters: {
            query?: {
                /** @description Only with a `text/plain` body. */
                gateway?: string;
            };
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStatement"];
                "text/plain": string;
                "application/xml": string;
                "text/xml": string;
            };
        };
        responses: {
            /** @description The statement was received and is being booked. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatement: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The statement. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStatementLines: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                state?: "received" | "posted" | "exception" | "dismissed" | "superseded" | "returning" | "returned";
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["StatementLine"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStatementEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LogEvent"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExceptions: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                kind?: string;
                owner?: string;
                institution?: string;
                /** @description Open ones or ended ones alone; both where nothing is said. */
                open?: "true" | "false";
                /** @description Opened longer ago than this: `P3D`, `PT12H`. */
                olderThan?: string;
            };
        };
        responses: {
            /** @description A page of exceptions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ExceptionSummary"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getException: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The exception. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExceptionEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LogEvent"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignException: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignException"];
            };
        };
        responses: {
            /** @description The exception as it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    matchException: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MatchException"];
            };
        };
        responses: {
            /** @description The exception as it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refundException: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The exception as it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dismissException: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DismissException"];
            };
        };
        responses: {
            /** @description The exception as it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReport: {
        parameters: {
            query?: {
                /** @description Only one institution; a key of an institution sees no other anyway. */
                institution?: string;
                /** @description First day, by each institution's own calendar. */
                from?: string;
                /** @description Last day, included. */
                to?: string;
            };
        };
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                type?: "bill.issued" | "bill.delivered" | "bill.read" | "bill.overdue" | "bill.partly_paid" | "bill.paid" | "bill.settled" | "bill.reopened" | "bill.cancelled" | "bill.written_off" | "bill.handed_back" | "bill.concluded" | "bill.paused" | "bill.resumed" | "bill.amended" | "bill.objected" | "bill.objection_decided" | "bill.extended" | "bill.expired" | "bill.surcharged" | "bill.reduced" | "delivery.failed" | "delivery.returned" | "payment.excess_held" | "payment.excess_credited" | "payment.credit_used" | "payment.taken_back" | "payment.disputed" | "payment.dispute_won" | "refund.requested" | "refund.approval_needed" | "refund.declined" | "refund.succeeded" | "refund.account_needed" | "refund.payout_needed" | "refund.settled" | "exception.opened" | "batch.finished";
                /** @description For keys of the platform. */
                institution?: string;
            };
        };
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Event"][];
                        /** @description Where to go on, also when nothing is there yet. */
                        nextCursor: string;
                        /** @description True when the next page has something already. */
                        more: boolean;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
        };
        responses: {
            /** @description A page of endpoints. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WebhookEndpoint"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhookEndpoint"];
            };
        };
        responses: {
            /** @description The endpoint with its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhookEndpointAnswer"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookEndpoint: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointChange"];
            };
        };
        responses: {
            /** @description The endpoint after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableWebhookEndpoint: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The endpoint after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableWebhookEndpoint: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The endpoint after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The endpoint is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @constant */
                        deleted: true;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookSecretRotation"];
            };
        };
        responses: {
            /** @description The new secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedWebhookSecret"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description What the endpoint answered; `error` is null if it did well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPing"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverWebhooks: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Redelivery"];
            };
        };
        responses: {
            /** @description The endpoint; its events are on their way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                state?: "pending" | "delivered" | "givenUp";
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WebhookDelivery"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookAttempts: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                event?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WebhookAttempt"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveChannelWebhook: {
        parameters: {
            path: {
                /** @description Name of the provider's adapter. */
                name: string;
            };
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Recorded, known already, or about nothing of ours. None of these needs to be sent again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookResult"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveGatewayWebhook: {
        parameters: {
            path: {
                /** @description Name of the provider's adapter. */
                name: string;
            };
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Recorded, known already, or about nothing of ours. None of these needs to be sent again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookResult"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProviders: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                kind?: "channel" | "gateway";
                /** @description Those that are stopped, or those that run. */
                stopped?: "true" | "false";
            };
        };
        responses: {
            /** @description A page of providers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Provider"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProvider: {
        parameters: {
            path: {
                kind: "channel" | "gateway";
                name: string;
            };
        };
        responses: {
            /** @description The provider. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProviderEvents: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
            path: {
                kind: "channel" | "gateway";
                name: string;
            };
        };
        responses: {
            /** @description A page of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LogEvent"][];
                        /** @description Give it as `cursor` for the next page; null on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopProvider: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                kind: "channel" | "gateway";
                name: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderOrder"];
            };
        };
        responses: {
            /** @description The provider after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeProvider: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
            path: {
                kind: "channel" | "gateway";
                name: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderOrder"];
            };
        };
        responses: {
            /** @description The provider after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
        };
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "alive";
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
        };
        responses: {
            /** @description Requests are taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDiagnosis: {
        parameters: {
        };
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnosis"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyLogs: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
            };
        };
        responses: {
            /** @description What does not fit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogVerification"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareRuns: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description The `nextCursor` of the page before. It fits only the same filters. */
                cursor?: string;
                /** @description Also names every checkout that has not ended. */
                underWay?: "true" | "false";
            };
        };
        responses: {
            /** @description What does not agree. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunComparison"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    repairRuns: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RepairOrder"];
            };
        };
        responses: {
            /** @description They are being looked at. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repair"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordRestore: {
        parameters: {
            header: {
                /** @description A random text of your own; the same when you repeat the request. */
                "Idempotency-Key": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRestore"];
            };
        };
        responses: {
            /** @description It is on record. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restore"];
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenapi: {
        parameters: {
        };
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Refused, for a reason. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
/** What any request may be refused for. */
export type commonRefusals = "body_cut_short" | "body_missing" | "body_not_utf8" | "body_too_large" | "content_encoding_refused" | "content_type_refused" | "database_unavailable" | "engine_unavailable" | "idempotency_key_malformed" | "idempotency_key_missing" | "idempotency_key_reused" | "internal_error" | "json_key_repeated" | "json_malformed" | "json_not_object" | "json_too_deep" | "key_expired" | "key_in_url" | "key_missing" | "key_revoked" | "key_unknown" | "parameter_invalid" | "parameter_repeated" | "parameter_unknown" | "path_malformed" | "path_not_found" | "property_missing" | "property_unknown" | "query_malformed" | "rate_limited" | "request_timeout" | "scope_missing" | "text_unstorable" | "transfer_encoding_refused" | "type_wrong" | "value_invalid";
/** What each operation may be refused for beside that; docs/errors.md explains every code. */
export interface refusals {
    createBill: "amount_malformed" | "amount_not_positive" | "amount_too_large" | "bill_number_taken" | "card_number_refused" | "channel_unknown" | "contact_repeated" | "currency_differs" | "currency_twice" | "currency_unknown" | "date_out_of_range" | "due_date_before_issue" | "due_date_past" | "institution_key_needed" | "policy_unknown" | "text_forbidden" | "valid_until_before_issue" | "valid_until_without_amount" | "zone_unknown";
    listBills: "cursor_invalid" | "institution_not_found";
    getBill: "bill_not_found";
    listBillEvents: "bill_not_found" | "cursor_invalid";
    getBillForecast: "bill_not_found";
    cancelBill: "bill_closed" | "bill_not_found" | "bill_paid" | "card_number_refused" | "text_forbidden";
    pauseBill: "bill_closed" | "bill_not_found" | "bill_paused" | "card_number_refused" | "text_forbidden";
    resumeBill: "bill_not_found" | "bill_not_paused" | "card_number_refused" | "objection_open" | "text_forbidden";
    writeOffBill: "bill_closed" | "bill_not_found" | "bill_not_issued" | "bill_paid" | "card_number_refused" | "text_forbidden";
    extendBill: "bill_asks_nothing" | "bill_closed" | "bill_not_found" | "bill_paid" | "card_number_refused" | "date_out_of_range" | "due_date_not_later" | "due_date_past" | "due_date_unknown" | "text_forbidden";
    amendBill: "amendment_empty" | "amount_below_cancelled" | "amount_below_paid" | "amount_malformed" | "amount_not_positive" | "amount_too_large" | "bill_asks_nothing" | "bill_closed" | "bill_not_found" | "bill_paid" | "card_number_refused" | "currency_differs" | "currency_unknown" | "date_out_of_range" | "due_date_earlier" | "due_date_past" | "text_forbidden";
    createObjection: "bill_closed" | "bill_not_found" | "bill_not_issued" | "bill_paid" | "card_number_refused" | "date_out_of_range" | "objection_late" | "objection_not_foreseen" | "objection_open" | "received_in_future" | "text_forbidden";
    listObjections: "cursor_invalid";
    getObjection: "objection_not_found";
    listObjectionEvents: "cursor_invalid" | "objection_not_found";
    decideObjection: "amount_below_cancelled" | "amount_below_paid" | "amount_malformed" | "amount_missing" | "amount_not_lower" | "amount_not_positive" | "amount_not_wanted" | "amount_too_large" | "bill_asks_nothing" | "card_number_refused" | "currency_differs" | "currency_unknown" | "objection_decided" | "objection_not_found" | "text_forbidden";
    createBatch: "card_number_refused" | "currency_differs" | "date_out_of_range" | "institution_key_needed" | "mapping_twice" | "mapping_unknown" | "text_forbidden";
    putBatchRows: "batch_has_file" | "batch_not_found" | "batch_too_long" | "batch_upload_replaced" | "bills_file_binary" | "bills_file_empty" | "bills_file_encoding" | "bills_file_malformed" | "bills_file_too_large" | "bills_header_wrong" | "bills_sheet_unknown" | "uploads_busy";
    listBatches: "cursor_invalid";
    getBatch: "batch_not_found";
    listBatchRows: "batch_not_found" | "cursor_invalid";
    getBatchPreview: "batch_not_found" | "batch_not_ready";
    getBatchResults: "batch_not_found";
    listBatchEvents: "batch_not_found" | "cursor_invalid";
    issueBatch: "batch_empty" | "batch_not_found" | "batch_rows_invalid" | "batch_transition_illegal" | "card_number_refused" | "text_forbidden";
    pauseBatch: "batch_not_found" | "batch_transition_illegal" | "card_number_refused" | "text_forbidden";
    resumeBatch: "batch_not_found" | "batch_transition_illegal" | "card_number_refused" | "text_forbidden";
    cancelBatch: "batch_not_found" | "batch_transition_illegal" | "card_number_refused" | "text_forbidden";
    rerunBatch: "batch_has_no_failures" | "batch_not_found" | "batch_transition_illegal" | "card_number_refused" | "text_forbidden";
    undoBatch: "batch_not_found" | "batch_transition_illegal" | "card_number_refused" | "text_forbidden";
    putMapping: "card_number_refused" | "currency_differs" | "date_out_of_range" | "institution_not_found" | "mapping_not_found" | "text_forbidden";
    listMappings: "cursor_invalid" | "institution_not_found";
    getMapping: "institution_not_found" | "mapping_not_found";
    deleteMapping: "institution_not_found" | "mapping_not_found";
    listDeliveries: "cursor_invalid" | "date_out_of_range" | "institution_not_found";
    getDelivery: "delivery_not_found";
    listDeliveryEvents: "cursor_invalid" | "delivery_not_found";
    resendDelivery: "address_missing" | "address_unusable" | "bill_closed" | "contact_of_others" | "delivery_not_found" | "delivery_not_returned" | "text_forbidden";
    createDeliveryReport: "channel_unknown" | "event_differs" | "platform_key_needed" | "report_malformed" | "reports_not_taken" | "text_forbidden";
    setContact: "address_unusable" | "channel_unknown" | "citizen_not_found" | "contact_of_others" | "text_forbidden";
    createCheckout: "amount_above_owed" | "amount_malformed" | "amount_not_positive" | "bill_in_checkout" | "bill_not_found" | "bill_not_payable" | "bill_repeated" | "checkouts_too_many" | "citizens_differ" | "currencies_differ" | "currency_unknown" | "partial_below_minimum" | "partial_not_allowed" | "provider_stopped";
    listCheckouts: "cursor_invalid";
    getCheckout: "checkout_not_found";
    listCheckoutEvents: "checkout_not_found" | "cursor_invalid";
    cancelCheckout: "checkout_not_found" | "checkout_paid";
    createRefunds: "amount_above_refundable" | "amount_malformed" | "amount_not_positive" | "amount_too_large" | "bill_not_found" | "card_number_refused" | "currency_differs" | "currency_unknown" | "nothing_to_refund" | "payment_not_found" | "refundable_differs" | "text_forbidden";
    listRefunds: "cursor_invalid";
    getRefund: "refund_not_found";
    listRefundEvents: "cursor_invalid" | "refund_not_found";
    giveRefundAccount: "card_number_refused" | "refund_needs_no_account" | "refund_not_found" | "text_forbidden";
    payOutRefund: "date_out_of_range" | "reference_taken" | "refund_not_found" | "refund_not_payable" | "text_forbidden";
    refuseRefundAccount: "refund_not_found" | "refund_not_payable";
    approveRefund: "institution_key_needed" | "payment_disputed" | "refund_not_awaiting_approval" | "refund_not_found" | "second_person_needed";
    declineRefund: "card_number_refused" | "institution_key_needed" | "refund_not_awaiting_approval" | "refund_not_found" | "second_person_needed" | "text_forbidden";
    listPayments: "cursor_invalid";
    getPayment: "payment_not_found";
    listPaymentEvents: "cursor_invalid" | "payment_not_found";
    listExcesses: "cursor_invalid";
    getExcess: "excess_not_found";
    listExcessEvents: "cursor_invalid" | "excess_not_found";
    refundExcess: "amount_above_excess" | "amount_malformed" | "amount_not_positive" | "amount_too_large" | "currency_differs" | "currency_unknown" | "excess_not_found" | "excess_used_up" | "payment_taken_back";
    allocateExcess: "amount_above_excess" | "amount_above_owed" | "amount_malformed" | "amount_not_positive" | "amount_too_large" | "bill_not_found" | "bill_not_payable" | "currency_differs" | "currency_unknown" | "excess_elsewhere" | "excess_not_found" | "excess_used_up" | "payment_taken_back";
    createInstitution: "card_number_refused" | "institution_taken" | "platform_key_needed" | "text_forbidden" | "zone_unknown";
    listInstitutions: "cursor_invalid";
    getInstitution: "institution_not_found";
    listInstitutionEvents: "cursor_invalid" | "institution_not_found";
    setApproval: "amount_malformed" | "amount_negative" | "amount_too_large" | "currency_differs" | "currency_unknown" | "institution_not_found" | "platform_key_needed";
    putPolicy: "amount_malformed" | "amount_not_positive" | "amount_too_large" | "card_number_refused" | "channel_repeated" | "channel_unknown" | "cost_negative" | "currency_differs" | "currency_unknown" | "date_out_of_range" | "duration_malformed" | "duration_zero" | "institution_not_found" | "platform_key_needed" | "policy_endless" | "proof_beyond_channels" | "quiet_all_day" | "receipt_beyond_channel" | "text_forbidden" | "zone_unknown";
    listPolicies: "cursor_invalid" | "institution_not_found";
    getPolicy: "institution_not_found" | "policy_not_found";
    listPolicyVersions: "cursor_invalid" | "institution_not_found" | "policy_not_found";
    rehearsePolicy: "amount_malformed" | "amount_not_positive" | "amount_too_large" | "institution_not_found" | "policy_not_found";
    createKey: "date_out_of_range" | "expiry_past" | "institution_not_found" | "platform_key_needed";
    listKeys: "cursor_invalid" | "platform_key_needed";
    getKey: "key_not_found" | "platform_key_needed";
    listKeyEvents: "cursor_invalid" | "key_not_found" | "platform_key_needed";
    revokeKey: "key_not_found" | "platform_key_needed";
    createStatement: "gateway_missing" | "gateway_unknown" | "platform_key_needed" | "statement_differs" | "statement_malformed" | "statement_unbalanced";
    listStatements: "cursor_invalid" | "platform_key_needed";
    getStatement: "platform_key_needed" | "statement_not_found";
    listStatementLines: "cursor_invalid" | "platform_key_needed" | "statement_not_found";
    listStatementEvents: "cursor_invalid" | "platform_key_needed" | "statement_not_found";
    listExceptions: "cursor_invalid" | "institution_not_found";
    getException: "exception_not_found";
    listExceptionEvents: "cursor_invalid" | "exception_not_found";
    assignException: "exception_closed" | "exception_not_found" | "platform_key_needed" | "text_forbidden";
    matchException: "bill_not_found" | "date_out_of_range" | "exception_closed" | "exception_not_a_line" | "exception_not_found" | "line_does_not_fit" | "platform_key_needed";
    refundException: "exception_closed" | "exception_not_a_line" | "exception_not_found" | "line_does_not_fit" | "platform_key_needed";
    dismissException: "card_number_refused" | "exception_closed" | "exception_not_found" | "line_does_not_fit" | "platform_key_needed" | "text_forbidden";
    getReport: "institution_not_found" | "period_reversed";
    listEvents: "cursor_invalid" | "institution_key_needed" | "institution_not_found";
    createWebhookEndpoint: "card_number_refused" | "event_type_repeated" | "institution_key_needed" | "institution_not_found" | "text_forbidden" | "webhook_url_refused";
    listWebhookEndpoints: "cursor_invalid";
    getWebhookEndpoint: "webhook_endpoint_not_found";
    updateWebhookEndpoint: "card_number_refused" | "event_type_repeated" | "text_forbidden" | "webhook_endpoint_not_found" | "webhook_url_refused";
    disableWebhookEndpoint: "webhook_endpoint_not_found";
    enableWebhookEndpoint: "webhook_endpoint_not_found";
    deleteWebhookEndpoint: "webhook_endpoint_not_found";
    rotateWebhookSecret: "webhook_endpoint_not_found";
    testWebhookEndpoint: "webhook_endpoint_not_found";
    redeliverWebhooks: "date_out_of_range" | "event_not_found" | "redelivery_unclear" | "webhook_endpoint_not_found";
    listWebhookDeliveries: "cursor_invalid" | "webhook_endpoint_not_found";
    listWebhookAttempts: "cursor_invalid" | "webhook_endpoint_not_found";
    receiveChannelWebhook: "event_differs" | "provider_not_found" | "signature_invalid" | "webhook_not_found";
    receiveGatewayWebhook: "event_differs" | "provider_not_found" | "signature_invalid";
    listProviders: "cursor_invalid" | "platform_key_needed";
    getProvider: "platform_key_needed" | "provider_not_found";
    listProviderEvents: "cursor_invalid" | "platform_key_needed" | "provider_not_found";
    stopProvider: "card_number_refused" | "platform_key_needed" | "provider_not_found" | "text_forbidden";
    resumeProvider: "card_number_refused" | "platform_key_needed" | "provider_not_found" | "text_forbidden";
    getHealth: never;
    getReadiness: never;
    getDiagnosis: "platform_key_needed";
    verifyLogs: "cursor_invalid" | "platform_key_needed";
    compareRuns: "cursor_invalid" | "platform_key_needed";
    repairRuns: "platform_key_needed";
    recordRestore: "platform_key_needed";
    getOpenapi: never;
}
