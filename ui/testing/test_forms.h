#pragma once

#include "estate/premises_search.h"
#include "response/planned_tests.h"
#include "response/test_requests.h"
#include "ui/common/ask_dialog.h"
#include "ui/common/console_context.h"

#include <QWidget>
#include <optional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;

namespace leedswatch::ui {

class PremisesFinder;

/// What is asked when somebody wants a system put on test, or kept on it: premises, area, zone, until when, who asks
/// and how it is known that they may, why. The password is only compared, and nobody sees it here.
class TestForm final : public QWidget {
    Q_OBJECT

public:
    enum class Purpose { Begin, StartPlanned, Prolong };
    TestForm(ConsoleContext& context, Purpose purpose, QWidget* parent = nullptr);

    void fix(const estate::FoundPremises& premises);
    /// The scope is the plan's.
    void setPlan(const response::PlannedTest& plan);
    void setWalks(bool walks);
    /// What is typed. Error: InvalidInput.
    [[nodiscard]] base::Result<response::TestRequest> request(base::UtcTime now) const;

private:
    void addAsking(QFormLayout& layout);

    const Purpose m_purpose;
    PremisesFinder* m_premises;
    QLineEdit* m_area;
    QLineEdit* m_zone;
    QComboBox* m_until;
    QLineEdit* m_caller;
    QLineEdit* m_word;
    QLineEdit* m_knownBy;
    QLineEdit* m_reason;
    QCheckBox* m_showsLifeSafety;
    QCheckBox* m_walks;
    std::optional<response::PlannedTestId> m_plan;
};

/// What is asked for a plan: premises, what, when, how often, by whom.
class PlanForm final : public QWidget {
    Q_OBJECT

public:
    explicit PlanForm(ConsoleContext& context, QWidget* parent = nullptr);

    void setDay(const base::LocalDate& day);
    void setPlan(const response::PlannedTest& plan);
    [[nodiscard]] base::Result<response::PlannedTest> plan() const;

private:
    PremisesFinder* m_premises;
    QComboBox* m_kind;
    QLineEdit* m_day;
    QLineEdit* m_time;
    QComboBox* m_every;
    QComboBox* m_lasts;
    QLineEdit* m_area;
    QLineEdit* m_zone;
    QLineEdit* m_who;
    QPlainTextEdit* m_instructions;
    QCheckBox* m_hidesLifeSafety;
    std::optional<response::PlannedTest> m_before;
};

/// What is asked when a test is over: what came of it, what was found, by whom.
class ResultForm final : public QWidget {
    Q_OBJECT

public:
    explicit ResultForm(const QString& facts, bool asksForEnd, QWidget* parent = nullptr);

    void setOutcome(response::TestOutcome outcome);
    [[nodiscard]] response::NewTestResult result() const;
    [[nodiscard]] bool endsTest() const;

private:
    QComboBox* m_outcome;
    QPlainTextEdit* m_found;
    QLineEdit* m_byWhom;
    QCheckBox* m_endsTest;
};

/// Asks with one of the forms above, does it on the dialog's worker, and goes by itself when `staysOpen` does not say
/// that there is something to read. Gives the keyboard to the form.
AskDialog* askWithForm(const AskDialog::Words& words, QWidget* form, AskDialog::Prepare prepare, QWidget* parent,
                       std::function<void()> done = {});

/// What the room reads when somebody under threat asks: nothing is on test.
[[nodiscard]] QString threatText();

}  // namespace leedswatch::ui
