#include "dispatch_room.h"

#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

using base::ErrorCode;
using dispatch::KeyBunch;
using dispatch::KeyIssue;
using dispatch::KeyState;
using testing::ElementsAre;
using testing::HasSubstr;

class KeyRegisterTest : public DispatchRoom {
protected:
    KeyIssue issueToSomebody() {
        KeyIssue issue;
        issue.holder = "J. Hall of Doors Ltd, council pass seen";
        issue.why = "lock to be mended";
        issue.due = m_clock.now() + 8h;
        return issue;
    }
    std::vector<std::string> history(dispatch::BunchId id) {
        std::vector<std::string> kinds;
        const auto movements = keys().history(m_ann, id).value();
        for (const auto& movement : movements) {
            kinds.emplace_back(nameOf(movement.kind));
        }
        return kinds;
    }
    std::vector<std::string> tags(const std::string& begin) {
        std::vector<std::string> found;
        const auto bunches = keys().find(m_ann, begin).value();
        for (const auto& bunch : bunches) {
            found.push_back(bunch.tag);
        }
        return found;
    }
};

TEST_F(KeyRegisterTest, KeysGoOutAndComeBackAndEveryHandIsKept) {
    const KeyBunch bunch = addKeys("k-0114");
    EXPECT_EQ(bunch.tag, "K-0114");
    auto issued = keys().issue(m_ann, bunch.id, issueToSomebody());
    ASSERT_TRUE(issued) << issued.error().message;
    EXPECT_EQ(issued->state, KeyState::Out);
    m_clock.advance(1h);
    const auto twice = keys().issue(m_ann, bunch.id, issueToSomebody());
    EXPECT_EQ(twice.error().code, ErrorCode::Busy);
    EXPECT_THAT(twice.error().message,
                HasSubstr("J. Hall of Doors Ltd, council pass seen has them since 2027-01-15 08"));
    ASSERT_TRUE(keys().takeBack(m_ann, bunch.id, {"J. Hall", true, ""}));
    EXPECT_EQ(keys().takeBack(m_ann, bunch.id, {}).error().code, ErrorCode::InvalidInput) << "they are back";
    EXPECT_EQ(keys().bunch(m_ann, "K-0114")->state, KeyState::Held);
    EXPECT_TRUE(keys().bunch(m_ann, "K-0114")->holder.empty());
    EXPECT_THAT(history(bunch.id), ElementsAre("added", "issued", "returned"));
    const auto issuedLine = keys().history(m_ann, bunch.id)->at(1);
    EXPECT_EQ(issuedLine.who, "ann");
    EXPECT_EQ(issuedLine.due, issuedLine.at + 8h);
    EXPECT_TRUE(auditProblems().empty());
}

TEST_F(KeyRegisterTest, TheTagDoesNotSayWhoseTheyAre) {
    for (const char* tag : {"LIBRARY-1", "OTLEY7", "BONDGATE", "B-ONDGATE1"}) {
        const auto refused = keys().add(m_sue, {tag, "LIB", "Front door", 1, ""});
        EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput) << tag;
        EXPECT_THAT(refused.error().message, HasSubstr("says whose keys they are"));
    }
    EXPECT_EQ(keys().add(m_sue, {"CIVIC-3", "CIVIC", "Front door", 1, ""}).error().code, ErrorCode::InvalidInput);
    for (const char* tag : {"", "K 1", "K_1", "KEY-OF-MORE-THAN-SIXTEEN", "K'; DROP TABLE key_bunch; --", "Ké"}) {
        EXPECT_EQ(keys().add(m_sue, {tag, "LIB", "Front door", 1, ""}).error().code, ErrorCode::InvalidInput) << tag;
    }
}

TEST_F(KeyRegisterTest, NoCodeIsKeptWithKeys) {
    const auto refused = keys().add(m_sue, {"K-1", "LIB", "Front door, alarm 4711", 1, ""});
    EXPECT_THAT(refused.error().message, HasSubstr("looks like a code"));
    EXPECT_EQ(refused.error().message.find("4711"), std::string::npos);
    EXPECT_TRUE(keys().add(m_sue, {"K-1", "LIB", "Doors 12 and 114", 1, ""}));
}

TEST_F(KeyRegisterTest, ATagIsNeverUsedAgain) {
    const KeyBunch bunch = addKeys("K-1");
    EXPECT_EQ(keys().add(m_sue, {"k-1", "CIVIC", "x", 1, ""}).error().code, ErrorCode::AlreadyExists);
    ASSERT_TRUE(keys().withdraw(m_sue, bunch.id, "contract is over, given back to Mrs Shah"));
    EXPECT_EQ(keys().add(m_sue, {"k-1", "CIVIC", "x", 1, ""}).error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(keys().issue(m_ann, bunch.id, issueToSomebody()).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(keys().move(m_sue, bunch.id, "cabinet 9").error().code, ErrorCode::InvalidInput);
}

TEST_F(KeyRegisterTest, WhoMayWhat) {
    const KeyBunch bunch = addKeys("K-1");
    EXPECT_EQ(keys().add(m_ann, {"K-2", "LIB", "x", 1, ""}).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(keys().withdraw(m_ann, bunch.id, "x").error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(keys().issue(m_eve, bunch.id, issueToSomebody()).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(keys().importCsv(m_ann, "tag,premises,opens\n").error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(keys().exportCsv(m_ann).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(keys().find(personOf("ed", access::Role::Engineer), "").error().code, ErrorCode::NotPermitted);
    EXPECT_TRUE(keys().find(m_eve, ""));
}

TEST_F(KeyRegisterTest, WhatIsMissingOrWrongIsSaid) {
    const KeyBunch bunch = addKeys("K-1");
    KeyIssue issue = issueToSomebody();
    issue.holder = " ";
    EXPECT_EQ(keys().issue(m_ann, bunch.id, issue).error().code, ErrorCode::InvalidInput);
    issue = issueToSomebody();
    issue.why.clear();
    EXPECT_EQ(keys().issue(m_ann, bunch.id, issue).error().code, ErrorCode::InvalidInput);
    for (const auto due : {m_clock.now(), m_clock.now() - 1s, m_clock.now() + 91 * 24h}) {
        issue = issueToSomebody();
        issue.due = due;
        EXPECT_EQ(keys().issue(m_ann, bunch.id, issue).error().code, ErrorCode::InvalidInput);
    }
    EXPECT_THAT(keys().issue(m_ann, bunch.id, issueTo(m_m1)).error().message, HasSubstr("M1 is off duty"));
    EXPECT_EQ(keys().issue(m_ann, dispatch::BunchId{99}, issueToSomebody()).error().code, ErrorCode::NotFound);
    EXPECT_EQ(keys().reportFound(m_ann, bunch.id, "x").error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(keys().issue(m_ann, bunch.id, issueToSomebody()));
    EXPECT_EQ(keys().takeBack(m_ann, bunch.id, {"", false, ""}).error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(keys().takeBack(m_ann, bunch.id, {"", false, "the till room's is bent"}));
    EXPECT_EQ(keys().history(m_ann, bunch.id)->back().text, "NOT all there: the till room's is bent");
}

TEST_F(KeyRegisterTest, OverdueKeysAreSeenAndTheTimeCanBeMadeLonger) {
    const KeyBunch late = addKeys("K-1");
    const KeyBunch later = addKeys("K-2");
    KeyIssue issue = issueToSomebody();
    ASSERT_TRUE(keys().issue(m_ann, late.id, issue));
    issue.due = m_clock.now() + 2h;
    ASSERT_TRUE(keys().issue(m_ann, later.id, issue));
    m_clock.advance(2h);
    EXPECT_FALSE(isOverdue(keys().out(m_ann)->front(), m_clock.now()));
    m_clock.advance(1s);
    const auto out = keys().out(m_ann).value();
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out.front().tag, "K-2") << "what is due first";
    EXPECT_TRUE(isOverdue(out.front(), m_clock.now()));
    EXPECT_FALSE(isOverdue(out.back(), m_clock.now()));
    ASSERT_TRUE(keys().extend(m_ann, later.id, m_clock.now() + 1h, "he waits for a part"));
    EXPECT_FALSE(isOverdue(*keys().bunch(m_ann, "K-2"), m_clock.now()));
    EXPECT_EQ(keys().extend(m_ann, later.id, m_clock.now() + 1h, "").error().code, ErrorCode::InvalidInput);
}

TEST_F(KeyRegisterTest, WhatIsLostIsNotIssuedUntilItIsFound) {
    const KeyBunch bunch = addKeys("K-1");
    ASSERT_TRUE(keys().issue(m_ann, bunch.id, issueToSomebody()));
    ASSERT_TRUE(keys().reportLost(m_ann, bunch.id, "bag stolen, premises told, locks to be changed"));
    EXPECT_EQ(keys().bunch(m_ann, "K-1")->state, KeyState::Lost);
    EXPECT_THAT(keys().bunch(m_ann, "K-1")->holder, HasSubstr("J. Hall")) << "who had them last";
    EXPECT_EQ(keys().issue(m_ann, bunch.id, issueToSomebody()).error().code, ErrorCode::InvalidInput);
    EXPECT_TRUE(keys().out(m_ann)->empty());
    ASSERT_TRUE(keys().reportFound(m_ann, bunch.id, "handed in by the police"));
    EXPECT_THAT(history(bunch.id), ElementsAre("added", "issued", "lost", "found"));
    EXPECT_TRUE(keys().issue(m_ann, bunch.id, issueToSomebody()));
    EXPECT_TRUE(auditProblems().empty());
}

TEST_F(KeyRegisterTest, TheyAreFoundByTagAndByTheReferenceOfTheirPremises) {
    addKeys("K-1");
    addKeys("K-12");
    addKeys("K-3", "CIVIC");
    EXPECT_THAT(tags("k-1"), ElementsAre("K-1", "K-12"));
    EXPECT_THAT(tags("LIB"), ElementsAre("K-1", "K-12"));
    EXPECT_THAT(tags("civ"), ElementsAre("K-3"));
    EXPECT_THAT(tags(""), ElementsAre("K-1", "K-12", "K-3"));
    EXPECT_TRUE(tags("%").empty());
    EXPECT_TRUE(tags("' OR 1=1 --").empty());
    EXPECT_EQ(keys().ofPremises(m_ann, m_hall)->size(), 1U);
}

TEST_F(KeyRegisterTest, AFileOfKeysIsTakenWholeOrNotAtAll) {
    EXPECT_EQ(keys().importCsv(m_sue, "tag,premises,opens\nK-1,LIB,Front\nK-2,NOWHERE,Front\n").error().code,
              ErrorCode::InvalidInput);
    EXPECT_TRUE(tags("").empty());
    const std::string file = "tag,premises,opens,keys,hook\nK-1,LIB,Front,2,A 1\nk-2,CIVIC,Back,1,A 2\n";
    EXPECT_EQ(keys().importCsv(m_sue, file)->added, 2);
    const auto again =
        keys().importCsv(m_sue, "tag,premises,opens,keys,hook\nK-1,LIB,Front,2,B 7\nK-2,CIVIC,Back,1,A 2\n");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->changed, 1);
    EXPECT_EQ(again->unchanged, 1);
    EXPECT_EQ(keys().bunch(m_ann, "K-1")->hook, "B 7");
    const auto wrong = keys().importCsv(m_sue, "tag,premises,opens\nK-1,CIVIC,Front\n");
    EXPECT_THAT(wrong.error().message, HasSubstr("line 2"));
    EXPECT_EQ(keys().importCsv(m_sue, "tag,premises,opens\nLIBRARY,LIB,Front\n").error().code, ErrorCode::InvalidInput);
    EXPECT_TRUE(auditProblems().empty());
}

TEST_F(KeyRegisterTest, AListForASpreadsheetHoldsNoFormula) {
    addKeys("K-1");
    KeyIssue issue = issueToSomebody();
    issue.holder = "=HYPERLINK(\"http://x\")";
    ASSERT_TRUE(keys().issue(m_ann, keys().bunch(m_ann, "K-1")->id, issue));
    EXPECT_THAT(
        keys().exportCsv(m_sue).value(),
        HasSubstr("K-1,LIB,\"Front door, till room\",3,\"cabinet 2, 14\",out,\"'=HYPERLINK(\"\"http://x\"\")\","));
}

}  // namespace
}  // namespace leedswatch::tests
