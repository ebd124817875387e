#include "alarm/source_limits.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using alarm::SourceAllowances;

TEST(SourceAllowances, AreGivenForAnAddressOrForAllOthers) {
    SourceAllowances allowances;
    ASSERT_TRUE(allowances.add("10.1.2.3=200:3000"));
    ASSERT_TRUE(allowances.add("2001:db8::0:1=20"));
    ASSERT_TRUE(allowances.add("5"));
    EXPECT_EQ(allowances.ofAddress.at("10.1.2.3").perSecond, 200);
    EXPECT_EQ(allowances.ofAddress.at("10.1.2.3").burst, 3000);
    EXPECT_EQ(allowances.ofAddress.at("2001:db8::1").burst, 200) << "ten seconds' signals";
    EXPECT_EQ(allowances.usual.perSecond, 5);
    EXPECT_EQ(allowances.usual.burst, 50);
}

TEST(SourceAllowances, RefuseWhatIsNone) {
    for (const char* wrong : {"", "=5", "10.1.2.3=", "10.1.2.3=0", "10.1.2.3=-4", "10.1.2.3=5:", "10.1.2.3=5:0",
                              "10.1.2.3=5:6:7", "panel.example=5", "10.1.2=5", "5.5", "1e3", "99999999999999999999"}) {
        SourceAllowances allowances;
        const auto added = allowances.add(wrong);
        ASSERT_FALSE(added) << wrong;
        EXPECT_EQ(added.error().code, base::ErrorCode::InvalidInput);
    }
}

TEST(SourceAllowances, KnowAnAddressByOneSpelling) {
    EXPECT_EQ(alarm::normalAddress("::ffff:10.1.2.3"), "10.1.2.3");
    EXPECT_EQ(alarm::normalAddress("2001:DB8:0:0::1"), "2001:db8::1");
    EXPECT_FALSE(alarm::normalAddress("somewhere"));
}

TEST(SourceLimits, GiveEachAddressItsOwnAllowance) {
    alarm::SourceLimits limits{{.usual = {.perSecond = 1, .burst = 1}, .ofAddress = {{"10.0.0.2", {2, 3}}}}};
    const base::SteadyTime start{1h};
    const auto taken = [&](const char* address, base::SteadyTime when) {
        int count = 0;
        while (limits.take(address, when)) {
            ++count;
        }
        return count;
    };
    EXPECT_EQ(taken("10.0.0.1", start), 1);
    EXPECT_EQ(taken("10.0.0.2", start), 3);
    EXPECT_EQ(taken("10.0.0.1", start + 1s), 1);
    EXPECT_EQ(taken("10.0.0.2", start + 1s), 2);
    limits.forgetTheQuiet(start + 1min);
    EXPECT_EQ(taken("10.0.0.2", start + 1min), 3);
}

}  // namespace
}  // namespace leedswatch::tests
