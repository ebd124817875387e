#include "ui/dispatch/key_questions.h"

#include "estate/premises_rows.h"
#include "ui/common/text.h"
#include "ui/dispatch/dispatch_text.h"

#include <QSpinBox>
#include <algorithm>

namespace leedswatch::ui {

using dispatch::BunchId;
using dispatch::KeyBunch;
using dispatch::KeyState;

namespace {

constexpr int usualHours = 8;
constexpr int mostHours = 90 * 24;

std::string typed(const QLineEdit* line) {
    return fromQt(line->text().trimmed());
}

QSpinBox* makeHours(const char* name) {
    auto* hours = new QSpinBox;
    hours->setObjectName(QString::fromLatin1(name));
    hours->setRange(1, mostHours);
    hours->setValue(usualHours);
    hours->setSuffix(QStringLiteral(" hours"));
    return hours;
}

QString titleWith(const char* words, const KeyBunch& bunch) {
    return QString::fromUtf8(words).arg(toQt(bunch.tag));
}

/// "LIB Otley Library: front door".
QString explanationOf(const KeyBunch& bunch) {
    return QStringLiteral("%1 %2: %3. %4 on the ring.")
        .arg(toQt(bunch.premisesReference), toQt(bunch.premisesName), toQt(bunch.opens))
        .arg(bunch.keys);
}

}  // namespace

void askToIssue(ConsoleContext& context, const KeyBunch& bunch, const DispatchSnapshot& snapshot, QWidget* parent) {
    auto* unit = makeUnitChoice(snapshot, QStringLiteral("Somebody else"));
    auto* holder = makeLine("holderLineEdit", QStringLiteral("If somebody else: name, and how they were known"), 200);
    auto* why = makeLine("issueLineEdit", QStringLiteral("Why"));
    auto* hours = makeHours("issueHoursSpinBox");
    openForm(
        context,
        {titleWith("Keys %1 go out", bunch), explanationOf(bunch), QStringLiteral("Issue"),
         QStringLiteral("Issue them")},
        makeForm({{QStringLiteral("To"), unit},
                  {QStringLiteral("Name"), holder},
                  {QStringLiteral("Why"), why},
                  {QStringLiteral("Back within"), hours}}),
        [id = bunch.id, premises = bunch.premises, snapshot, unit, holder, why, hours, &context]() -> DispatchWork {
            dispatch::KeyIssue issue;
            if (const qint64 chosen = unit->currentData().toLongLong(); chosen != 0) {
                issue.unit = dispatch::UnitId{chosen};
            }
            issue.holder = typed(holder);
            issue.why = typed(why);
            issue.due = context.clock.now() + std::chrono::hours{hours->value()};
            return [id, premises, issue, jobs = snapshot.jobs](DispatchDesk& desk) mutable -> base::Result<void> {
                // To a unit with a job at these premises: the keys are for that job.
                const auto job = std::ranges::find_if(jobs, [&](const dispatch::Job& one) {
                    return issue.unit && one.unit == issue.unit && one.premises == premises;
                });
                issue.job = job == jobs.end() ? std::nullopt : std::optional{job->id};
                TRY(desk.keys.issue(desk.acting, id, issue));
                return {};
            };
        },
        parent);
}

void askToTakeBack(ConsoleContext& context, const KeyBunch& bunch, QWidget* parent) {
    auto* whole = new QComboBox;
    whole->setObjectName(QStringLiteral("wholeComboBox"));
    whole->addItem(QStringLiteral("Yes, all are there"), true);
    whole->addItem(QStringLiteral("No, something is missing or damaged"), false);
    auto* condition = makeLine("conditionLineEdit", QStringLiteral("What is missing or damaged, or anything to say"));
    auto* from = makeLine("returnedByLineEdit", toQt(bunch.holder), 200);
    openForm(
        context,
        {titleWith("Keys %1 come back", bunch),
         QStringLiteral("Count them: %1 on the ring. They hang at: %2.").arg(bunch.keys).arg(toQt(bunch.hook)),
         QStringLiteral("Return"), QStringLiteral("Take them back")},
        makeForm({{QStringLiteral("Whole"), whole},
                  {QStringLiteral("Condition"), condition},
                  {QStringLiteral("From"), from}}),
        [id = bunch.id, whole, condition, from]() -> DispatchWork {
            const dispatch::KeyReturn how{typed(from), whole->currentData().toBool(), typed(condition)};
            return [id, how](DispatchDesk& desk) -> base::Result<void> {
                TRY(desk.keys.takeBack(desk.acting, id, how));
                return {};
            };
        },
        parent);
}

void askToExtend(ConsoleContext& context, const KeyBunch& bunch, QWidget* parent) {
    auto* hours = makeHours("extendHoursSpinBox");
    auto* why = makeLine("extendLineEdit", QStringLiteral("Why"));
    openForm(
        context,
        {titleWith("Keys %1 stay out", bunch), QStringLiteral("%1 has them.").arg(toQt(bunch.holder)),
         QStringLiteral("Longer"), QStringLiteral("Longer")},
        makeForm({{QStringLiteral("From now"), hours}, {QStringLiteral("Why"), why}}),
        [id = bunch.id, hours, why, &context]() -> DispatchWork {
            const auto due = context.clock.now() + std::chrono::hours{hours->value()};
            return [id, due, text = typed(why)](DispatchDesk& desk) -> base::Result<void> {
                TRY(desk.keys.extend(desk.acting, id, due, text));
                return {};
            };
        },
        parent);
}

void askAboutLoss(ConsoleContext& context, const KeyBunch& bunch, QWidget* parent) {
    const bool isFound = bunch.state == KeyState::Lost;
    auto* words =
        makeLine("lossLineEdit", isFound ? QStringLiteral("Where they were, and whether they can have been copied")
                                         : QStringLiteral("How, and who was told"));
    openForm(
        context,
        {titleWith(isFound ? "Keys %1 are found" : "Keys %1 are lost", bunch),
         isFound ? QStringLiteral("They go back on their hook: %1.").arg(toQt(bunch.hook))
                 : QStringLiteral("Tell whose they are at once: locks may have to be changed."),
         QStringLiteral("Words"), isFound ? QStringLiteral("Found") : QStringLiteral("Lost")},
        words,
        [id = bunch.id, words, isFound]() -> DispatchWork {
            return [id, text = typed(words), isFound](DispatchDesk& desk) -> base::Result<void> {
                TRY(isFound ? desk.keys.reportFound(desk.acting, id, text)
                            : desk.keys.reportLost(desk.acting, id, text));
                return {};
            };
        },
        parent);
}

void askToAdd(ConsoleContext& context, QWidget* parent) {
    auto* tag = makeLine("newTagLineEdit", QStringLiteral("K-0114: never anything that tells the place"), 16);
    auto* premises = makeLine("newPremisesLineEdit", QStringLiteral("Reference of the premises"), 200);
    auto* opens = makeLine("newOpensLineEdit", QStringLiteral("Front door, till room; never a code"), 200);
    auto* keys = new QSpinBox;
    keys->setObjectName(QStringLiteral("newKeysSpinBox"));
    keys->setRange(1, 200);
    auto* hook = makeLine("newHookLineEdit", QStringLiteral("Cabinet 2, 114"), 200);
    openForm(
        context,
        {QStringLiteral("New keys"), QStringLiteral("The tag is all that is on them, and is never used again."),
         QStringLiteral("Keys"), QStringLiteral("Add them")},
        makeForm({{QStringLiteral("Tag"), tag},
                  {QStringLiteral("Premises"), premises},
                  {QStringLiteral("Opens"), opens},
                  {QStringLiteral("How many"), keys},
                  {QStringLiteral("Hook"), hook}}),
        [tag, premises, opens, keys, hook]() -> DispatchWork {
            const dispatch::NewBunch bunch{typed(tag), typed(premises), typed(opens), keys->value(), typed(hook)};
            return [bunch](DispatchDesk& desk) -> base::Result<void> {
                TRY(desk.keys.add(desk.acting, bunch));
                return {};
            };
        },
        parent);
}

void askToWithdraw(ConsoleContext& context, const KeyBunch& bunch, QWidget* parent) {
    auto* why = makeLine("withdrawLineEdit", QStringLiteral("Why, and who has them now"));
    openForm(
        context,
        {titleWith("Keys %1 are withdrawn", bunch),
         QStringLiteral("They come back no more. Their tag is never used again."), QStringLiteral("Why"),
         QStringLiteral("Withdraw them")},
        why,
        [id = bunch.id, why]() -> DispatchWork {
            return [id, text = typed(why)](DispatchDesk& desk) -> base::Result<void> {
                TRY(desk.keys.withdraw(desk.acting, id, text));
                return {};
            };
        },
        parent);
}

base::Result<std::optional<estate::PremisesId>> premisesCalled(DispatchDesk& desk, const std::string& words) {
    return desk.database.read([&](soci::session& sql) -> base::Result<std::optional<estate::PremisesId>> {
        const auto found = words.empty() ? std::vector<estate::Premises>{} : estate::selectPremises(sql, words);
        if (!found.empty()) {
            return std::optional{found.front().id};
        }
        if (!words.empty() && words.find(' ') == std::string::npos) {
            return base::fail(base::ErrorCode::NotFound,
                              "there are no premises '" + words + "'; write a place in more than one word");
        }
        return std::nullopt;
    });
}

base::Result<std::vector<BunchId>> keysThatAreThere(DispatchDesk& desk, estate::PremisesId premises) {
    TRY_ASSIGN(const auto all, desk.keys.ofPremises(desk.acting, premises));
    std::vector<BunchId> there;
    for (const KeyBunch& bunch : all) {
        if (bunch.state == KeyState::Held) {
            there.push_back(bunch.id);
        }
    }
    return base::Result<std::vector<BunchId>>{tl::in_place, std::move(there)};
}

}  // namespace leedswatch::ui
