#include "access/two_person_authority.h"

#include "base/utf8.h"

namespace leedswatch::access {
namespace {

using base::ErrorCode;

constexpr std::size_t shortestReason = 5;
constexpr std::size_t longestReason = 500;

}  // namespace

base::Result<void> TwoPersonAuthority::checkReason(const std::string& reason) {
    const auto begin = reason.find_first_not_of(" \t\r\n");
    const auto length = begin == std::string::npos ? 0 : reason.find_last_not_of(" \t\r\n") - begin + 1;
    if (length < shortestReason || reason.size() > longestReason || !base::isPlainText(reason)) {
        return base::fail(ErrorCode::InvalidInput, "give the reason in 5 to 500 characters");
    }
    return {};
}

base::Result<TwoPersonGrant> TwoPersonAuthority::confirm(const Acting& first, const std::string& secondUsername,
                                                         std::string_view secondPassword, TwoPersonRights rights,
                                                         const std::string& reason) {
    TRY(require(first, rights.first));
    TRY(checkReason(reason));
    TRY_ASSIGN(const bool stillThere, m_people.isEnabled(first.id));
    if (!stillThere) {
        return base::fail(ErrorCode::NotPermitted, first.username + " is not a person who may act at present");
    }
    if (m_people.isUsernameOf(secondUsername, first)) {
        return base::fail(ErrorCode::NotPermitted, "the second person must be somebody else than " + first.username);
    }
    TRY_ASSIGN(const Acting second, m_people.confirm(secondUsername, secondPassword, first.workstation));
    TRY(require(second, rights.second));
    TRY_ASSIGN(const bool owesPassword, m_people.mustChangePassword(second));
    if (owesPassword) {
        return base::fail(ErrorCode::NotPermitted, second.username +
                                                       " has a password that somebody else chose: sign in with it once "
                                                       "and set a new one first");
    }
    return TwoPersonGrant{first, second, reason};
}

}  // namespace leedswatch::access
