-- Every reference that a payer is told stands where it is made: a bill's number on the bill, a payment page's on its
-- checkout. A second list of them could only differ from these.
drop table goji.payment_references;
