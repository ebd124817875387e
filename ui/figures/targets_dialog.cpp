#include "ui/figures/targets_dialog.h"

#include "base/local_time.h"
#include "response/service_words.h"
#include "ui/common/text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>
#include <cmath>

namespace leedswatch::ui {

namespace {

constexpr int longestSeconds = 86'400;

QString targetsText(const std::vector<response::ServiceTarget>& targets) {
    QStringList parts;
    for (const response::ServiceTarget& target : targets) {
        parts.append(toQt(response::targetText(target)));
    }
    return parts.isEmpty() ? QStringLiteral("none") : parts.join(QStringLiteral("; "));
}

}  // namespace

TargetsDialog::TargetsDialog(ConsoleContext& context, QWidget* parent)
    : EditDialog{context,
                 {QStringLiteral("Service targets"),
                  QStringLiteral(
                      "How many of a class's alarms are to be answered within which time. A change holds for "
                      "alarms that arrive later; earlier ones stay judged by what held then."),
                  QStringLiteral("&Add target")},
                 response::ServiceTargets::mostOfClass,
                 parent},
      m_class{new QComboBox{this}} {
    setObjectName(QStringLiteral("targetsDialog"));
    m_class->setObjectName(QStringLiteral("classComboBox"));
    m_class->setAccessibleName(QStringLiteral("Class"));
    for (const response::AlarmClassInfo& info : response::alarmClasses()) {
        m_class->addItem(toQt(info.title));
    }
    top().addWidget(m_class);
    connect(m_class, &QComboBox::currentIndexChanged, this, &TargetsDialog::showClass);
    connect(this, &EditDialog::answered, this, [this](bool saved) {
        if (saved) {
            read();
        }
    });
    m_class->setFocus();
    read();
}

response::AlarmClass TargetsDialog::chosen() const {
    return response::alarmClasses()[static_cast<std::size_t>(m_class->currentIndex())].alarmClass;
}

void TargetsDialog::read() {
    load([&database = context().database,
          acting = context().acting] { return response::ServiceTargets{database}.history(acting); },
         [this](const std::vector<response::ServiceTargetSet>& history) {
             m_history = history;
             showClass();
         });
}

void TargetsDialog::showClass() {
    clearRows();
    QStringList lines;
    const response::ServiceTargetSet* newest = nullptr;
    for (const response::ServiceTargetSet& set : m_history) {
        if (set.alarmClass != chosen()) {
            continue;
        }
        newest = &set;
        const QString from =
            set.madeBy == "standard"
                ? QStringLiteral("From the beginning")
                : QStringLiteral("From %1, set by %2").arg(toQt(base::formatLocal(set.holdsFrom)), toQt(set.madeBy));
        lines.prepend(QStringLiteral("%1: %2.").arg(from, targetsText(set.targets)));
    }
    constexpr qsizetype linesShown = 4;
    setHistory(lines.mid(0, linesShown).join(QLatin1Char{'\n'}));
    for (const auto& target : newest == nullptr ? std::vector<response::ServiceTarget>{} : newest->targets) {
        const auto fields = addRow();
        qobject_cast<QComboBox*>(fields[0])->setCurrentIndex(static_cast<int>(target.measure));
        qobject_cast<QDoubleSpinBox*>(fields[1])->setValue(target.perMille / 10.0);
        qobject_cast<QSpinBox*>(fields[3])->setValue(static_cast<int>(target.within.count()));
    }
}

std::vector<QWidget*> TargetsDialog::makeRow(int number) {
    auto* measure = new QComboBox{this};
    measure->setObjectName(QStringLiteral("measureComboBox%1").arg(number));
    measure->setAccessibleName(QStringLiteral("From arrival to"));
    for (const auto& info : response::serviceMeasures()) {
        measure->addItem(toQt(info.title));
    }
    measure->setCurrentIndex(static_cast<int>(response::ServiceMeasure::Acted));
    auto* share = new QDoubleSpinBox{this};
    share->setObjectName(QStringLiteral("shareSpinBox%1").arg(number));
    share->setAccessibleName(QStringLiteral("Share"));
    share->setDecimals(1);
    share->setRange(0.1, 100);
    share->setValue(80);
    share->setSuffix(QStringLiteral(" %"));
    auto* within = new QLabel{QStringLiteral("within"), this};
    auto* seconds = new QSpinBox{this};
    seconds->setObjectName(QStringLiteral("secondsSpinBox%1").arg(number));
    seconds->setAccessibleName(QStringLiteral("Seconds"));
    seconds->setRange(1, longestSeconds);
    seconds->setValue(90);
    seconds->setSuffix(QStringLiteral(" s"));
    return {measure, share, within, seconds};
}

base::Result<EditDialog::Save> TargetsDialog::prepare(base::UtcTime holdsFrom) {
    std::vector<response::ServiceTarget> targets;
    for (int row = 0; row < rowCount(); ++row) {
        const auto* measure = qobject_cast<QComboBox*>(field(row, 0));
        const auto* share = qobject_cast<QDoubleSpinBox*>(field(row, 1));
        const auto* seconds = qobject_cast<QSpinBox*>(field(row, 3));
        targets.push_back({static_cast<response::ServiceMeasure>(measure->currentIndex()),
                           static_cast<int>(std::lround(share->value() * 10)), std::chrono::seconds{seconds->value()}});
    }
    return Save{[&database = context().database, acting = context().acting, alarmClass = chosen(), targets, holdsFrom] {
        return response::ServiceTargets{database}.set(acting, alarmClass, targets, holdsFrom);
    }};
}

}  // namespace leedswatch::ui
