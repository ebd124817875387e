#include "rtsp/authentication.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using rtsp::Authentication;

TEST(Authentication, AnswersAsTheExampleOfRfc2069) {
    // The example as corrected by its errata, with the method that stands there.
    Authentication authentication{{"Mufasa", "CircleOfLife"}};
    ASSERT_TRUE(authentication.challenged(
        {R"(Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41")"}));
    const auto answer = authentication.answerFor("GET", "/dir/index.html");
    EXPECT_NE(answer.find(R"(response="1949323746fe6a43ef61f9606e7febea")"), std::string::npos) << answer;
    EXPECT_NE(answer.find(R"(opaque="5ccc069c403ebaf9f0171e9517f40e41")"), std::string::npos) << answer;
}

TEST(Authentication, AnswersBasic) {
    Authentication authentication{{"Aladdin", "open sesame"}};
    EXPECT_TRUE(authentication.answerFor("DESCRIBE", "rtsp://a/").empty());
    ASSERT_TRUE(authentication.challenged({"Basic realm=\"camera\""}));
    EXPECT_EQ(authentication.answerFor("DESCRIBE", "rtsp://a/"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST(Authentication, TakesTheStrongestKindThatItKnows) {
    Authentication authentication{{"a", "b"}};
    ASSERT_TRUE(authentication.challenged({"Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"1\"",
                                           "digest realm=\"x\", nonce=\"2\", algorithm=SHA-256, qop=\"auth,auth-int\"",
                                           "Negotiate"}));
    const auto answer = authentication.answerFor("PLAY", "rtsp://a/");
    EXPECT_NE(answer.find("nonce=\"2\""), std::string::npos) << answer;
    EXPECT_NE(answer.find("algorithm=SHA-256"), std::string::npos) << answer;
    EXPECT_NE(answer.find("qop=auth, nc=00000001"), std::string::npos) << answer;
}

TEST(Authentication, GivesUpWhenItsAnswerWasRefusedAndGoesOnWhenItsNonceIsStale) {
    Authentication authentication{{"a", "b"}};
    ASSERT_TRUE(authentication.challenged({"Digest realm=\"x\", nonce=\"1\""}));
    EXPECT_FALSE(authentication.answerFor("PLAY", "rtsp://a/").empty());
    EXPECT_TRUE(authentication.challenged({"Digest realm=\"x\", nonce=\"2\", stale=true"}));
    EXPECT_FALSE(authentication.answerFor("PLAY", "rtsp://a/").empty());
    EXPECT_FALSE(authentication.challenged({"Digest realm=\"x\", nonce=\"3\""}));
}

TEST(Authentication, AnswersNothingThatItDoesNotKnowAndNothingWithoutAPassword) {
    EXPECT_FALSE(Authentication({"a", "b"}).challenged({"Negotiate", ""}));
    EXPECT_FALSE(Authentication({}).challenged({"Basic realm=\"x\""}));
}

}  // namespace
}  // namespace leedswatch::tests
