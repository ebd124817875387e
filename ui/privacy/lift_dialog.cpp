#include "ui/privacy/lift_dialog.h"

#include "access/two_person_authority.h"
#include "ui/common/password_field.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/privacy/privacy_guard.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

constexpr int usualMinutes = 5;
constexpr int fieldWidth = 380;

}  // namespace

LiftDialog::LiftDialog(ConsoleContext& context, const estate::Camera& camera, QWidget* parent)
    : QDialog{parent},
      m_context{context},
      m_camera{camera},
      m_reason{new QLineEdit{this}},
      m_minutes{new QSpinBox{this}},
      m_name{new QLineEdit{this}},
      m_password{new PasswordField{this}},
      m_message{new QLabel{this}},
      m_lift{new QPushButton{QStringLiteral("Lift the zones"), this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("liftDialog"));
    setWindowTitle(QStringLiteral("Lift privacy zones"));
    m_reason->setObjectName(QStringLiteral("reasonLineEdit"));
    m_reason->setMaxLength(400);
    m_reason->setPlaceholderText(QStringLiteral("What has to be seen, and why"));
    m_minutes->setObjectName(QStringLiteral("minutesSpinBox"));
    m_minutes->setRange(static_cast<int>(estate::PrivacyLifts::shortest.count()),
                        static_cast<int>(estate::PrivacyLifts::longest.count()));
    m_minutes->setValue(usualMinutes);
    m_minutes->setSuffix(QStringLiteral(" min"));
    m_name->setObjectName(QStringLiteral("secondNameLineEdit"));
    m_password->setObjectName(QStringLiteral("secondPasswordLineEdit"));
    m_message->setObjectName(QStringLiteral("liftMessageLabel"));
    m_lift->setObjectName(QStringLiteral("liftPushButton"));
    layOut();
    connect(m_lift, &QPushButton::clicked, this, &LiftDialog::submit);
    m_reason->setFocus();
}

void LiftDialog::layOut() {
    auto* heading = new QLabel{QStringLiteral("Lift the privacy zones of camera %1").arg(m_camera.number), this};
    theme::setLabelKind(*heading, theme::LabelKind::Heading);
    auto* sentence = new QLabel{QStringLiteral("%1. The zones open at this desk only, in live and in recorded "
                                               "pictures. Both names, the reason and the time are recorded; "
                                               "exports and snapshots are not changed by it.")
                                    .arg(toQt(m_camera.name)),
                                this};
    sentence->setWordWrap(true);
    theme::setLabelKind(*sentence, theme::LabelKind::Dim);
    m_message->setWordWrap(true);
    theme::setLabelKind(*m_message, theme::LabelKind::Refusal);
    m_message->hide();
    auto* second = new QLabel{QStringLiteral("The second person signs here, a supervisor or an administrator:"), this};
    auto* form = new QFormLayout;
    form->setVerticalSpacing(12);
    form->addRow(QStringLiteral("&Reason"), m_reason);
    form->addRow(QStringLiteral("&For"), m_minutes);
    form->addRow(second);
    form->addRow(QStringLiteral("&User name"), m_name);
    form->addRow(QStringLiteral("&Password"), m_password);
    m_reason->setMinimumWidth(fieldWidth);
    m_name->setMinimumWidth(fieldWidth);
    auto* cancel = new QPushButton{QStringLiteral("Cancel"), this};
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    theme::setButtonKind(*m_lift, theme::ButtonKind::Primary);
    m_lift->setDefault(true);
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(m_lift);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(32, 24, 32, 24);
    layout->setSpacing(16);
    layout->addWidget(heading);
    layout->addWidget(sentence);
    layout->addLayout(form);
    layout->addWidget(m_message);
    layout->addLayout(foot);
}

void LiftDialog::submit() {
    if (!m_lift->isEnabled()) {
        return;
    }
    setBusy(true);
    const bool taken = m_worker.run(
        [&people = m_context.people, &lifts = m_context.privacy.lifts(), first = m_context.acting, camera = m_camera,
         name = fromQt(m_name->text().trimmed()), password = fromQt(m_password->text()),
         reason = fromQt(m_reason->text()), length = std::chrono::minutes{m_minutes->value()}]() -> base::Result<void> {
            access::TwoPersonAuthority authority{people};
            TRY_ASSIGN(const auto grant,
                       authority.confirm(first, name, password, estate::PrivacyLifts::rights(), reason));
            return lifts.lift(grant, camera, length);
        },
        [this](const base::Result<void>& lifted) {
            setBusy(false);
            if (!lifted) {
                showRefusal(lifted.error());
                return;
            }
            m_password->reset();
            m_context.privacy.liftBegan();
            accept();
        });
    if (!taken) {
        setBusy(false);
    }
}

void LiftDialog::showRefusal(const base::Error& error) {
    m_message->setText(sentenceOf(error));
    m_message->show();
    m_password->reset();
    (error.code == base::ErrorCode::InvalidInput ? m_reason : static_cast<QLineEdit*>(m_password))->setFocus();
}

void LiftDialog::setBusy(bool busy) {
    for (QWidget* field : {static_cast<QWidget*>(m_reason), static_cast<QWidget*>(m_minutes),
                           static_cast<QWidget*>(m_name), static_cast<QWidget*>(m_password)}) {
        field->setEnabled(!busy);
    }
    m_lift->setEnabled(!busy);
    m_lift->setText(busy ? QStringLiteral("Checking…") : QStringLiteral("Lift the zones"));
}

}  // namespace leedswatch::ui
