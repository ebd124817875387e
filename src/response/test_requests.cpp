#include "response/test_requests.h"

#include "estate/premises_details.h"
#include "estate/premises_details_rows.h"
#include "response/alarm_queue.h"
#include "response/planned_tests.h"

namespace leedswatch::response {

namespace {

using base::ErrorCode;

bool isBlank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

std::string holdUpPlace(const estate::Premises& premises) {
    return premises.address.empty() ? premises.name : premises.name + ", " + premises.address;
}

}  // namespace

base::Result<TestAnswer> TestRequests::begin(const access::Acting& acting, const TestRequest& request) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    TRY_ASSIGN(const auto byWhom, identify(acting, request));
    if (!byWhom) {
        return TestAnswer{{}, {}, true};
    }
    TestPeriod wanted = request.wanted;
    wanted.byWhom = *byWhom;
    if (request.walks && !wanted.kind) {
        wanted.kind = TestKind::WalkTest;
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<TestAnswer> {
        TestAnswer answer;
        if (request.plan) {
            TRY_ASSIGN(answer.period, PlannedTests::startIn(transaction, acting, *request.plan, wanted));
        } else {
            TRY_ASSIGN(answer.period, TestPeriods::beginIn(transaction, acting, wanted));
        }
        if (request.walks) {
            TRY_ASSIGN(answer.walk, WalkTests::beginIn(transaction, acting,
                                                       {answer.period->id, request.wanted.byWhom, request.plan}));
        }
        return base::Result<TestAnswer>{tl::in_place, std::move(answer)};
    });
}

base::Result<TestAnswer> TestRequests::prolong(const access::Acting& acting, TestPeriodId period,
                                               const TestRequest& request) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    TestPeriods periods{m_database};
    TRY_ASSIGN(const TestPeriod before, periods.find(acting, period));
    TestRequest ofPremises = request;
    ofPremises.wanted.premises = before.premises;
    TRY_ASSIGN(const auto byWhom, identify(acting, ofPremises));
    if (!byWhom) {
        return TestAnswer{{}, {}, true};
    }
    TRY_ASSIGN(TestPeriod prolonged, periods.prolong(acting, period, request.wanted.ends, *byWhom));
    return TestAnswer{std::move(prolonged), {}, false};
}

base::Result<std::optional<std::string>> TestRequests::identify(const access::Acting& acting,
                                                                const TestRequest& request) {
    if (isBlank(request.wanted.byWhom)) {
        return base::fail(ErrorCode::InvalidInput, "write who asks for the test");
    }
    if (isBlank(request.word)) {
        if (isBlank(request.knownBy)) {
            return base::fail(ErrorCode::InvalidInput,
                              "ask for the password and type it, or write how else you know that they may");
        }
        return std::optional{request.wanted.byWhom + ", " + request.knownBy};
    }
    estate::PremisesDetails details{m_database};
    TRY_ASSIGN(const auto found, details.compareWord(acting, request.wanted.premises, request.word));
    switch (found) {
        case estate::SpokenWord::Right: return std::optional{request.wanted.byWhom + ", gave the password"};
        case estate::SpokenWord::Duress:
            TRY(raiseHoldUp(acting, request.wanted.premises));
            return std::optional<std::string>{};
        case estate::SpokenWord::NoneKept:
            return base::fail(ErrorCode::InvalidInput,
                              "no password is kept for these premises: write how else you know that they may");
        case estate::SpokenWord::Wrong: break;
    }
    return base::fail(ErrorCode::SignInFailed, "this is not the password of these premises: ask once more");
}

base::Result<void> TestRequests::raiseHoldUp(const access::Acting& acting, estate::PremisesId premises) {
    TRY_ASSIGN(const auto known, m_database.read([&](soci::session& sql) -> base::Result<estate::Premises> {
        auto found = estate::selectPremisesById(sql, premises);
        if (!found) {
            return base::fail(ErrorCode::NotFound, "these premises are not in the list of premises");
        }
        return base::Result<estate::Premises>{tl::in_place, *std::move(found)};
    }));
    NewAlarm threat;
    threat.alarmClass = AlarmClass::HoldUp;
    threat.joinKey = "premises " + std::to_string(premises.value()) + " hold-up";
    threat.premises = premises;
    threat.place = holdUpPlace(known);
    threat.what = "The word for being under threat was said by somebody who asked for a test";
    threat.raised = m_database.clock().now();
    TRY(AlarmQueue{m_database}.raise(acting, threat));
    return {};
}

}  // namespace leedswatch::response
