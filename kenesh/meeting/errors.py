"""Why a meeting says no, each with a stable code, a sentence, and what to do next.

The sentences are read by tired people at night: they name the delegation, the clause, the number.
`NotAllowed` is about who one is, `Conflict` about what has moved on, the rest about what must come first.
"""

from __future__ import annotations

from kenesh.errors import BadInput, BadRecord, Conflict, NotAllowed, NotFound, Refused

# -- who one is -----------------------------------------------------------------------------------------


class NoSuchRight(NotAllowed):
    """The seat does not have this right in this body."""

    code = "refused.not-allowed"
    template = "{role} may not {act}."
    advice = "In this body that belongs to {holders}. Ask one of them, or the chair."


class NotPresiding(NotAllowed):
    code = "refused.not-presiding"
    template = "Only the chair may {act}."
    advice = "Ask the chair. The chair can also hand over the chair."


class NotYourSeat(NotAllowed):
    code = "refused.not-your-seat"
    template = "This seat cannot act for {delegation}."
    advice = "Act from that delegation's own seat, or ask the secretariat."


class NotYourProposal(NotAllowed):
    code = "refused.not-your-proposal"
    template = "{proposal} is {delegation}'s proposal; only {delegation} may withdraw it."
    advice = "Oppose it, or ask {delegation} to withdraw it."


class OwnProposal(Refused):
    code = "refused.own-proposal"
    template = "{proposal} is your own proposal: you stand behind it already."
    advice = "To give it up, withdraw it."


# -- calling and opening --------------------------------------------------------------------------------


class NotCalled(Refused):
    code = "refused.not-called"
    template = "This meeting has not been called yet."
    advice = "Ask the secretariat to call it."


class AlreadyCalled(Refused):
    code = "refused.already-called"
    template = "The meeting {meeting} has been called already."
    advice = "Open its page; to meet another time, call a new meeting."


class NoticeTooShort(Refused):
    code = "refused.notice-too-short"
    template = "The notice is too short: {given} given, at least {needed} needed for this call."
    advice = "Choose a later time, or mark the call as urgent if the body's rules allow it."


class NoUrgentCalls(Refused):
    code = "refused.no-urgent-calls"
    template = "The rules of this body know no urgent call of this kind of meeting."
    advice = "Call it with the full notice of {needed}."


class InThePast(Refused):
    code = "refused.in-the-past"
    template = "The time of the meeting, {starts}, has passed already."
    advice = "Check the day, the hour and the time zone."


class MeansNotProvided(Refused):
    code = "refused.means-not-provided"
    template = "This body does not hold {kind} meetings by this means: {mode}."
    advice = "Choose one of: {modes}."


class NotAMember(Refused):
    code = "refused.not-a-member"
    template = "{delegation} is not a member of this body on {on}, and cannot preside."
    advice = "Choose one of: {members}."


class TooEarly(Refused):
    code = "refused.too-early"
    template = "The meeting was called for {starts}; it can be opened from {earliest} on."
    advice = "Wait until then. Delegations can take their seats already."


class QuorumNotMet(Refused):
    """Too few members are present."""

    code = "refused.quorum-not-met"
    template = "There is no quorum to {act}: {present} of {entitled} members present, {needed} needed."
    advice = "Missing: {missing}. Wait for them, or pause the meeting."


class NotOpen(Refused):
    code = "refused.not-open"
    template = "The meeting is not open: it is {phase}."
    advice = "{next}"


class AlreadyOpen(Refused):
    code = "refused.already-open"
    template = "The meeting is open already."
    advice = "Go on."


class NotPaused(Refused):
    code = "refused.not-paused"
    template = "The meeting is not paused."
    advice = "Go on."


class MeetingOver(Refused):
    code = "refused.meeting-over"
    template = "The meeting has ended; nothing more can be done in it."
    advice = "What was agreed stands. To take the matter up again, call a new meeting."


class OutcomeContradicts(Refused):
    code = "refused.outcome-contradicts"
    template = "The meeting cannot end as “{outcome}”: {reason}."
    advice = "Choose the ending that says what happened."


class SummaryMissing(BadInput):
    code = "input.summary-missing"
    template = "A chair's summary has no words yet."
    advice = "Write the summary, or end the meeting without a text."


# -- being there, and the chair -------------------------------------------------------------------------


class NotInvited(Refused):
    code = "refused.not-invited"
    template = "{delegation} is not invited to this meeting."
    advice = "Invited: {invited}. If one is missing, the secretariat must look at the body's profile."


class AlreadyHere(Refused):
    code = "refused.already-here"
    template = "{person} is noted as present for {delegation} already."
    advice = "Nothing needs to be done."


class NotHere(Refused):
    code = "refused.not-here"
    template = "{delegation} is not in the room."
    advice = "Take the seat first; the secretariat can note the arrival too."


class ChairPresides(Refused):
    code = "refused.chair-presides"
    template = "{delegation} presides: its delegation stays noted while its chair is in the room."
    advice = "To leave altogether, the chair hands over first, or leaves; the secretariat can note it."


class ChairStillHere(Refused):
    code = "refused.chair-still-here"
    template = "{delegation} presides and is in the room: only the chair may hand over the chair."
    advice = "Ask the chair. If the chair has dropped out, note that {delegation} has left, then hand over."


class AlreadyPresides(Refused):
    code = "refused.already-presides"
    template = "The seat {seat} presides already."
    advice = "Nothing needs to be done."


# -- the floor ------------------------------------------------------------------------------------------


class AlreadyAsked(Refused):
    code = "refused.already-asked"
    template = "{delegation} is on the list of speakers already, at place {place}."
    advice = "Wait for the chair."


class NotAsked(Refused):
    code = "refused.not-asked"
    template = "{delegation} is not on the list of speakers."
    advice = "Nothing needs to be done."


class AlreadySpeaking(Refused):
    code = "refused.already-speaking"
    template = "{delegation} has the floor already."
    advice = "Go on."


class NobodySpeaks(Refused):
    code = "refused.nobody-speaks"
    template = "Nobody has the floor."
    advice = "Nothing needs to be done."


# -- the text -------------------------------------------------------------------------------------------


class NoDraft(Refused):
    code = "refused.no-draft"
    template = "There is no draft on the table yet."
    advice = "The chair or the secretariat can table one by pasting or uploading a text."


class DraftInUse(Refused):
    code = "refused.draft-in-use"
    template = "Proposals have been made on the draft ({count}); it cannot be replaced any more."
    advice = "Propose the changes clause by clause, so that nobody's words are lost."


class BadDraftText(BadInput):
    code = "input.draft-text"
    template = "The draft cannot be tabled: {reason}."
    advice = "Correct the text and table it again; nothing was changed on the table."


class TextIsPut(Refused):
    code = "refused.text-is-put"
    template = "The text is before the meeting for adoption; no word of it can change now."
    advice = "Object, reserve or stay silent. To change a word, ask the chair to take the text back."


class TextIsAdopted(Refused):
    code = "refused.text-is-adopted"
    template = "The text is adopted; no word of it can change."
    advice = "A new text needs a new meeting."


class UnknownClause(NotFound):
    code = "refused.unknown-clause"
    template = "There is no clause {id} on the table."
    advice = "It may have been deleted. Look at the text again; to bring it back, propose to insert it."


class UnknownProposal(NotFound):
    code = "refused.unknown-proposal"
    template = "There is no proposal {id}."
    advice = "Look at the list of proposals again."


class ClauseMovedOn(Conflict):
    code = "refused.clause-moved-on"
    template = (
        "The clause has moved on since you looked: you saw revision {seen}, it is now revision {revision}."
    )
    advice = "Look at the new words, then act again. What you wrote is kept."


class NothingChanged(Refused):
    code = "refused.nothing-changed"
    template = "These are the words on the table already: nothing would change."
    advice = "Change a word, or let the clause stand."


class SameAgain(Refused):
    code = "refused.same-again"
    template = "You have proposed exactly this already: {proposal}."
    advice = "Nothing needs to be done."


class ProposalClosed(Conflict):
    code = "refused.proposal-closed"
    template = "{proposal} is not open any more: it was {status}."
    advice = "Look at the clause as it stands now; you can make a new proposal."


class PositionTaken(Refused):
    code = "refused.position-taken"
    template = "{delegation} {stance} {proposal} already."
    advice = "Nothing needs to be done."


class NoPosition(Refused):
    code = "refused.no-position"
    template = "{delegation} has taken no position on {proposal}."
    advice = "Nothing needs to be done."


class AlternativeGone(Conflict):
    code = "refused.alternative-gone"
    template = (
        "That bracket has changed since you looked: these words are not among its alternatives any more."
    )
    advice = "Look at the brackets as they are now and choose again. Nothing was changed."


class TooManyInsertions(Refused):
    """A delegation has more new clauses open than a room can look at."""

    code = "refused.too-many-insertions"
    template = "You have {most} new clauses open; no more can be looked at."
    advice = "Withdraw one, or put the words of several into one clause."


class StandsAlready(Refused):
    code = "refused.stands-already"
    template = "These words stand in the clause already."
    advice = "To close the bracket, set the other proposals aside or ask for them to be withdrawn."


class ProposalsOpen(Refused):
    code = "refused.proposals-open"
    template = "{count} open: {proposals}."
    advice = "Accept them, set them aside, or ask the delegations to withdraw them."


class AlreadyAgreed(Refused):
    code = "refused.already-agreed"
    template = "The clause is agreed already."
    advice = "Go on to the next."


class NotAgreed(Refused):
    code = "refused.not-agreed"
    template = "The clause is not agreed, so it need not be reopened."
    advice = "Propose the change."


# -- the decision ---------------------------------------------------------------------------------------


class TextDiffers(Conflict):
    code = "refused.text-differs"
    template = "The text to be put is not the text on the table."
    advice = "Somebody was faster. Read the text again, then put it."


class NoTextPut(Refused):
    code = "refused.no-text-put"
    template = "No text is before the meeting for adoption."
    advice = "The chair puts the text first."


class CallMovedOn(Conflict):
    code = "refused.call-moved-on"
    template = "That was about call {seen}; the text now before the meeting is call {call}."
    advice = "Read the text that is before the meeting now, then act again."


class AlreadyObjecting(Refused):
    code = "refused.already-objecting"
    template = "{delegation}'s objection stands already."
    advice = "It stops the adoption until you withdraw it or the chair takes the text back."


class NoObjection(Refused):
    code = "refused.no-objection"
    template = "{delegation} has not objected."
    advice = "Nothing needs to be done: to stay silent is to consent."


class InstrumentNotProvided(Refused):
    code = "refused.instrument-not-provided"
    template = "The rules of this body know no {kind}."
    advice = "It knows: {kinds}."


class AlreadyReserved(Refused):
    code = "refused.already-reserved"
    template = "{delegation} has entered this {kind} on the same place already."
    advice = "Withdraw it first if its words must change."


class NoReservation(Refused):
    code = "refused.no-reservation"
    template = "{delegation} has entered nothing that could be withdrawn."
    advice = "Nothing needs to be done."


class ObjectionStands(Refused):
    code = "refused.objection-stands"
    template = "{whose} stands: the text cannot be adopted."
    advice = "Ask {who} to withdraw it, or take the text back and go on negotiating."


class AbsentMembersStop(Refused):
    code = "refused.absent-members-stop"
    template = "This body decides only with all members present; {missing} is absent."
    advice = "Wait for them, or take the text back."


class RuleNotCarriedOut(Refused):
    """The profile decides by a rule that this version does not know; it is never guessed."""

    code = "refused.rule-not-carried-out"
    template = "This body decides such a text by “{kind}”, which Kenesh cannot carry out yet."
    advice = "Decide on paper, and end the meeting with a chair's summary."


class VideoDoesNotDecide(Refused):
    code = "refused.video-does-not-decide"
    template = "In this body a videoconference cannot adopt a text."
    advice = "End with a chair's summary, and adopt the text at a meeting in person or in writing."


class NothingAdopted(Refused):
    code = "refused.nothing-adopted"
    template = "No text has been adopted in this meeting."
    advice = "Only an adopted text can be published."


class AlreadyPublished(Refused):
    code = "refused.already-published"
    template = "The statement is published already, as {name}."
    advice = "A correction needs a corrigendum; a published text is never replaced."


class WrongText(Conflict):
    code = "refused.wrong-text"
    template = "The files to be published do not carry the adopted text: {reason}."
    advice = "Make the editions again from the adopted statement."


# -- the record -----------------------------------------------------------------------------------------


class UnknownEvent(BadRecord):
    code = "record.unknown-event"
    template = "Event {version} of a meeting cannot be read: {type} ({reason})."
    advice = "It was written by a newer Kenesh, or is damaged. Upgrade, or verify the record."


class BadInstant(BadInput):
    code = "input.instant"
    template = "{text} is no instant: {reason}"
    advice = "Write it as 2026-11-23T10:00:00Z, with its zone."
