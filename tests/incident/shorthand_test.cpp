#include "incident/shorthand.h"

#include <gmock/gmock.h>

using namespace leedswatch;
using incident::markBeingWritten;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

incident::Shorthand read(std::string_view typed) {
    const auto isCamera = [](int number) { return number >= 100 && number < 200; };
    return incident::readShorthand(typed, isCamera, incident::standardIncidentTypes());
}

TEST(ShorthandTest, CameraTypeAndPriorityGoOutOfTheTextTheyStandBefore) {
    const auto said = read("@104 #theft !2 Man with two bags");
    EXPECT_THAT(said.cameras, ElementsAre(104));
    EXPECT_EQ(said.type, "theft");
    EXPECT_EQ(said.priority, 2);
    EXPECT_EQ(said.text, "Man with two bags");
}

TEST(ShorthandTest, ACameraInTheMiddleIsAPartOfTheSentence) {
    const auto said = read("@104 Man runs towards @105, then @106.");
    EXPECT_EQ(said.camera, 104);
    EXPECT_THAT(said.cameras, ElementsAre(104, 105, 106));
    EXPECT_FALSE(read("Man runs towards @105").camera);
    EXPECT_EQ(said.text, "Man runs towards camera 105, then camera 106.");
}

TEST(ShorthandTest, MarksMayStandAnywhereAndTheSpacesAroundThemAreOne) {
    EXPECT_EQ(read("Man with bags #theft !1 near the market").text, "Man with bags near the market");
    EXPECT_EQ(read("Man with bags #theft").text, "Man with bags");
    EXPECT_EQ(read("Bags, #theft.").text, "Bags,");
    EXPECT_EQ(read("Bags gone #theft. Police told").text, "Bags gone. Police told");
    EXPECT_EQ(read("one\n#theft\ntwo").text, "one\ntwo");
    EXPECT_EQ(read("#locked-in Child in the park").type, "locked-in");
}

TEST(ShorthandTest, WhatIsNoMarkStaysAsItIs) {
    for (const char* text : {"Door #3 is open", "a@b.example", "wow!", "!5 things", "@999 rang", "#nonsense", "@", "#",
                             "!", "!!", "@104a", "tea @ four", "\xc3\xa9@104", "@-104", "@99999999999999999999"}) {
        const auto said = read(text);
        EXPECT_EQ(said.text, text);
        EXPECT_THAT(said.cameras, IsEmpty()) << text;
        EXPECT_FALSE(said.type || said.priority) << text;
    }
}

TEST(ShorthandTest, OfTwoTheLastCounts) {
    const auto said = read("!3 !1 #asb #fight text");
    EXPECT_EQ(said.priority, 1);
    EXPECT_EQ(said.type, "fight");
    EXPECT_EQ(said.text, "text");
}

TEST(ShorthandTest, OnlyMarksLeaveNoText) {
    EXPECT_EQ(read("@104 #theft !1").text, "");
    EXPECT_EQ(read("").text, "");
    EXPECT_EQ(read("   ").text, "");
}

TEST(ShorthandTest, TheMarkBeforeTheCursorIsTheOneThatIsBeingWritten) {
    EXPECT_EQ(markBeingWritten("@10"), "@10");
    EXPECT_EQ(markBeingWritten("Man at #th"), "#th");
    EXPECT_EQ(markBeingWritten("Man\n!"), "!");
    EXPECT_EQ(markBeingWritten("#theft "), "");
    EXPECT_EQ(markBeingWritten("a@b"), "");
    EXPECT_EQ(markBeingWritten(""), "");
    EXPECT_EQ(markBeingWritten("#" + std::string(40, 'x')), "");
}

}  // namespace
